using Marl.Actors.Testing.Snapshots;
using Xunit;

namespace Marl.Actors.Analysis.Tests;

public sealed class SnapshotOrphansTests
{
    [Fact]
    public void Every_approved_file_belongs_to_a_test() => Assert.Empty(Snapshots.Orphans(Snapshots.Folder(),
    [
        "SummaryFileTests.The_file_is_a_document",
        "SummaryFileTests.What_is_not_there_is_null",
        "EpisodePictureTests.The_picture_is_a_document",
    ]));
}
