using System.Text;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Core.Tests.Files;

public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_bytes_arrive_and_nothing_else_is_left()
    {
        var written = WholeFile.Write(folder["a.bin"], (ReadOnlySpan<byte>)[1, 2, 3]);

        Assert.Equal(3, written.Value);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(folder["a.bin"]));
        Assert.Equal(["a.bin"], folder.Names);
    }

    [Fact]
    public void The_function_may_close_the_stream()
    {
        var written = WholeFile.Write(folder["a.txt"], stream =>
        {
            using var writer = new StreamWriter(stream);
            writer.Write("hello");
        });

        Assert.Equal(5, written.Value);
        Assert.Equal("hello", File.ReadAllText(folder["a.txt"]));
    }

    [Fact]
    public void A_shorter_file_replaces_a_longer_one_whole()
    {
        Assert.True(WholeFile.Write(folder["a"], new string('x', 100_000)).IsSuccess);
        Assert.True(WholeFile.Write(folder["a"], "y").IsSuccess);

        Assert.Equal("y", File.ReadAllText(folder["a"]));
    }

    [Fact]
    public void Large_files_arrive_whole()
    {
        var content = new byte[3_000_017];
        new Random(1).NextBytes(content);

        Assert.Equal(content.Length, WholeFile.Write(folder["a"], content).Value);
        Assert.Equal(content, WholeFile.Read(folder["a"]).Value);
    }

    [Fact]
    public void Remains_of_a_killed_writer_are_replaced()
    {
        File.WriteAllText(folder["a.partial"], new string('x', 500));

        Assert.True(WholeFile.Write(folder["a"], "new").IsSuccess);

        Assert.Equal("new", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [Theory]
    [InlineData(28, "MARL3404", "the disk is full")]
    [InlineData(5, "MARL3408", "the device failed")]
    [InlineData(30, "MARL3403", "read-only")]
    public void A_fault_halfway_keeps_the_old_file_and_says_why(int errorNumber, string code, string words)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // other error numbers there
        }

        File.WriteAllText(folder["a"], "old");
        var written = WholeFile.Write(folder["a"], stream =>
        {
            stream.Write(new byte[100_000]);
            throw new IOException("text of an exception", errorNumber);
        });

        var finding = Refusal(written, code);
        Assert.Contains(words, finding.Sentence);
        Assert.Contains(folder["a"], finding.Sentence);
        Assert.DoesNotContain("text of an exception", finding.ToString());
        Assert.NotEmpty(finding.Remedy);
        Assert.Equal("old", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void A_bug_in_the_function_passes_through_and_cleans_up()
    {
        File.WriteAllText(folder["a"], "old");

        Assert.Throws<InvalidOperationException>(() => WholeFile.Write(folder["a"], _ => throw new InvalidOperationException()));

        Assert.Equal("old", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var finding = Refusal(WholeFile.Write(folder["no/a"], "x"), "MARL3401");
        Assert.Contains(folder["no"], finding.Sentence);
    }

    [Fact]
    public void A_folder_of_the_name_is_in_the_way()
    {
        Directory.CreateDirectory(folder["a"]);
        File.WriteAllText(Path.Combine(folder["a"], "inside"), "kept");

        Refusal(WholeFile.Write(folder["a"], "x"), "MARL3405");

        Assert.Equal(["a"], folder.Names);
        Assert.Equal("kept", File.ReadAllText(Path.Combine(folder["a"], "inside")));
    }

    [Fact]
    public void A_file_among_the_folders_is_in_the_way()
    {
        File.WriteAllText(folder["f"], "");

        var written = WholeFile.Write(folder["f/a"], "x");
        var made = WholeFile.Folder(folder["f/a"]);

        Assert.False(written.IsSuccess);
        Assert.Contains(written.Diagnostics[0].Code, (string[])["MARL3401", "MARL3405"]);
        Assert.False(made.IsSuccess);
    }

    [Fact]
    public void A_link_is_followed_not_replaced()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // links need a privilege there
        }

        File.WriteAllText(folder["real"], "old");
        File.CreateSymbolicLink(folder["link"], folder["real"]);

        Assert.True(WholeFile.Write(folder["link"], "new").IsSuccess);

        Assert.Equal("new", File.ReadAllText(folder["real"]));
        Assert.NotNull(new FileInfo(folder["link"]).LinkTarget);
    }

    [Fact]
    public void A_device_is_not_replaced_by_a_file()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Refusal(WholeFile.Write("/dev/null", "x"), "MARL3413");
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    [Fact]
    public void A_name_too_long_is_refused() => Refusal(WholeFile.Write(folder[new string('n', 300)], "x"), "MARL3406");

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\0b")]
    public void What_is_no_path_is_refused(string path)
    {
        Refusal(WholeFile.Write(path, "x"), "MARL3406");
        Refusal(WholeFile.Read(path), "MARL3406");
        Refusal(WholeFile.Folder(path), "MARL3406");
    }

    [Fact]
    public void Reading_a_missing_file_says_so() => Refusal(WholeFile.Read(folder["a"]), "MARL3410");

    [Fact]
    public void Reading_a_folder_says_so() => Refusal(WholeFile.Read(folder.Path), "MARL3405");

    [Fact]
    public void Reading_stops_at_the_limit()
    {
        File.WriteAllText(folder["a"], "four");

        Assert.Equal("four", Encoding.UTF8.GetString(WholeFile.Read(folder["a"], limit: 4).Value));
        Refusal(WholeFile.Read(folder["a"], limit: 3), "MARL3411");
    }

    [Fact]
    public void A_folder_is_made_with_those_above_it()
    {
        var made = WholeFile.Folder(folder["a/b/c"]);

        Assert.True(Directory.Exists(made.Value));
        Assert.True(WholeFile.Folder(folder["a/b/c"]).IsSuccess);
    }

    [Fact]
    public void Two_writers_of_one_file_do_not_mix()
    {
        Result<long>? inner = null;
        var outer = WholeFile.Write(folder["a"], stream =>
        {
            stream.Write("outer"u8);
            inner = WholeFile.Write(folder["a"], "inner");
        });

        Refusal(inner!, "MARL3407");
        Assert.True(outer.IsSuccess);
        Assert.Equal("outer", File.ReadAllText(folder["a"]));
    }

    private static Diagnostic Refusal<T>(Result<T> result, string code)
    {
        Assert.False(result.IsSuccess);
        var finding = Assert.Single(result.Diagnostics);
        Assert.Equal(code, finding.Code);
        Assert.DoesNotContain("Exception", finding.ToString());
        return finding;
    }
}
