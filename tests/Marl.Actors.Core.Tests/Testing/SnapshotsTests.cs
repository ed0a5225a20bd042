#if !VERIFY // these hold our own engine; Verify has its own tests
using System.Text;
using Marl.Actors.Testing.Files;
using Marl.Actors.Testing.Snapshots;
using Xunit;

namespace Marl.Actors.Core.Tests.Testing;

public sealed class SnapshotsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Source => folder["SomeTests.cs"];

    private string Verified => folder["SomeTests.Some_test.verified.txt"];

    private string Received => folder["SomeTests.Some_test.received.txt"];

    static SnapshotsTests() => DiffEngine.DiffRunner.Disabled = true; // no diff tool opens for failures made on purpose

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r\nb")]
    [InlineData("a\rb")]
    public void Line_ends_do_not_matter(string received)
    {
        File.WriteAllText(Verified, "a\r\nb", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Check(received);
        File.WriteAllText(Verified, "a\nb\n");
        Check(received);
    }

    [Fact]
    public void Nothing_approved_yet_fails_and_leaves_the_received_text()
    {
        var failure = Assert.Throws<SnapshotException>(() => Check("new\r\ntext ü"));

        Assert.Equal("new\ntext ü"u8.ToArray(), File.ReadAllBytes(Received)); // LF, no byte order mark, nothing added
        Assert.Contains("New:", failure.Message);
        Assert.Contains("SomeTests.Some_test.verified.txt", failure.Message);
        Assert.Contains("new\ntext ü", failure.Message);
    }

    [Fact]
    public void A_difference_names_the_line_and_shows_both_texts()
    {
        File.WriteAllText(Verified, "same\nold\nsame");

        var failure = Assert.Throws<SnapshotException>(() => Check("same\nnew\nsame"));

        Assert.Contains("First difference in line 2.", failure.Message);
        Assert.Contains("same\nnew\nsame", failure.Message);
        Assert.Contains("same\nold\nsame", failure.Message);
        Assert.Equal("same\nold\nsame", File.ReadAllText(Verified));
    }

    [Theory]
    [InlineData("a ", "a")]
    [InlineData("a", "a\n\n")]
    [InlineData("", "a")]
    public void Other_differences_count(string received, string verified)
    {
        File.WriteAllText(Verified, verified);
        Assert.Throws<SnapshotException>(() => Check(received));
    }

    [Fact]
    public void A_match_removes_what_an_earlier_failure_left()
    {
        Assert.Throws<SnapshotException>(() => Check("x"));
        File.Move(Received, Verified);
        File.WriteAllText(Received, "stale");

        Check("x");

        Assert.False(File.Exists(Received));
    }

    [Fact]
    public void Empty_text_is_stored_in_Verifys_way()
    {
        File.WriteAllText(Verified, "emptyString");
        Check("");
    }

    [Fact]
    public void Parameters_are_part_of_the_name()
    {
        Assert.Equal("C.M_n=1_s=x", SnapshotName.Of("C", "M", ("n", 1), ("s", "x")));
        Assert.Equal("C.M_p=a-b-c", SnapshotName.Of("C", "M", ("p", "a/b:c")));
        Assert.Equal("C.M_d=0.5_b=True", SnapshotName.Of("C", "M", ("d", 0.5), ("b", true)));
    }

    [Fact]
    public void Orphans_are_approved_files_without_a_test_and_received_files()
    {
        Directory.CreateDirectory(folder["sub"]);
        Directory.CreateDirectory(folder["bin"]);
        foreach (var name in (string[])["A.One.verified.txt", "sub/A.Two.verified.txt", "sub/A.One.received.txt", "bin/A.X.verified.txt", "other.txt"])
        {
            File.WriteAllText(folder[name], "");
        }

        Assert.Equal(["sub/A.One.received.txt", "sub/A.Two.verified.txt"], Snapshots.Orphans(folder.Path, ["A.One"]));
    }

    [Fact]
    public void A_failure_says_how_to_approve()
    {
        var instruction = $"mv \"{Received}\" \"{Verified}\"\n";

        Assert.Contains("Nothing was approved yet. If the received text is right, make it the approved one, and commit it:\n  " + instruction, Failure("a"));
        File.WriteAllText(Verified, "b");
        Assert.Contains("If the change is right, make the received text the approved one, and commit it; else repair what changed it:\n  " + instruction, Failure("a"));

        string Failure(string text) => Assert.Throws<SnapshotException>(() => Check(text)).Message;
    }

    [Fact]
    public void A_snapshot_belongs_to_the_test_it_is_named_after()
    {
        File.WriteAllText(Source, "class SomeTests { void Some_test() {} void Some_theory(int n, string s_t) {} }");
        foreach (var name in (string[])["SomeTests.Some_test", "SomeTests.Some_theory_n=1", "SomeTests.Some_theory_n=1_s_t=x_y", "document"])
        {
            File.WriteAllText(folder[name + ".verified.txt"], "");
        }

        Snapshots.VerifyNoOrphans(["document"], Source);
        File.WriteAllText(folder["SomeTests.Some_other_test.verified.txt"], "");
        File.WriteAllText(folder["SomeTests.Some_n=1.received.txt"], "");
        File.WriteAllText(folder["OtherTests.Some_test.verified.txt"], "");
        Assert.Equal(
            $"""
            Snapshots without a test: delete them, or give them the name their test has now.

              OtherTests.Some_test.verified.txt: there is no OtherTests.cs beside it
              SomeTests.Some_n=1.received.txt: SomeTests.cs has no test 'Some_n=1'
              SomeTests.Some_other_test.verified.txt: SomeTests.cs has no test 'Some_other_test'
              document.verified.txt: there is no document.cs beside it

            Directory: {folder.Path}

            """,
            Assert.Throws<SnapshotException>(() => Snapshots.VerifyNoOrphans(file: Source)).Message);
    }

    [Fact]
    public void The_folder_of_this_file_is_found_in_CI_builds_too()
    {
        var here = Snapshots.Folder();

        Assert.True(File.Exists(Path.Combine(here, "SnapshotsTests.cs")));
        Assert.Equal(
            Path.GetFullPath(here), Path.GetFullPath(SourceFolder.Of("/_/tests/Marl.Actors.Core.Tests/Testing/SnapshotsTests.cs")));
    }

    private void Check(string received) => Snapshots.Verify(received, null, "Some_test", Source).GetAwaiter().GetResult();
}
#endif
