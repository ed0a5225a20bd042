using Marl.Actors.Testing.Snapshots;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Compiled;

public sealed class SnapshotOrphansTests
{
    [Fact]
    public void Every_approved_file_belongs_to_a_test() => Snapshots.VerifyNoOrphans();
}
