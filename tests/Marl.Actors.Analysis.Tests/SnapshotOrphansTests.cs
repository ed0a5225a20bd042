using Marl.Actors.Testing.Snapshots;
using Xunit;

namespace Marl.Actors.Analysis.Tests;

public sealed class SnapshotOrphansTests
{
    [Fact]
    public void Every_approved_file_belongs_to_a_test() => Snapshots.VerifyNoOrphans();
}
