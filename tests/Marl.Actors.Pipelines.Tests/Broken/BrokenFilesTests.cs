using System.Reflection;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Text;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Broken;

/// <summary>
/// Every <c>*.yaml</c> in this folder is one kind of mistake, named for it; the diagnostics beside it are the whole of what a
/// user is told. Files that begin with <c>bars-</c> are read as bars.
/// </summary>
public sealed class BrokenFilesTests
{
    /// <summary>Mistakes that are made in code because a text file cannot hold them, or because they are none of its text.</summary>
    private static readonly string[] MadeInCode =
    [
        TextCodes.FileNotFound, TextCodes.IsDirectory, TextCodes.Unreadable, TextCodes.TooLarge, TextCodes.Binary, TextCodes.NotUtf8,
        TextCodes.ControlCharacter, TextCodes.TooManyFindings, TextCodes.BarPipelineNotFound,
    ];

    private static string Folder => TestFiles.Folder("tests/Marl.Actors.Pipelines.Tests/Broken");

    public static TheoryData<string> Files() => [.. Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Diagnostics_are_as_verified(string file)
    {
        var path = Path.Combine(Folder, file);
        var verified = Path.ChangeExtension(path, ".verified.txt");
        var received = Path.ChangeExtension(path, ".received.txt");
        File.Delete(received);

        var actual = string.Join('\n', Diagnostics(file, File.ReadAllBytes(path))) + "\n";
        if (!File.Exists(verified) || File.ReadAllText(verified) != actual)
        {
            File.WriteAllText(received, actual);
            Assert.Equal(File.Exists(verified) ? File.ReadAllText(verified) : $"(no {Path.GetFileName(verified)})", actual);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_diagnostic_has_a_place_a_code_and_a_remedy(string file)
    {
        var diagnostics = Diagnostics(file, File.ReadAllBytes(Path.Combine(Folder, file)));

        Assert.NotEmpty(diagnostics);
        Assert.All(diagnostics, d => DiagnosticRules.Hold(d, file));
    }

    [Fact]
    public void Verified_files_without_a_pipeline_are_orphans() => Assert.Empty(
        Directory.GetFiles(Folder, "*.verified.txt").Where(f => !File.Exists(f.Replace(".verified.txt", ".yaml"))).Select(Path.GetFileName));

    [Fact]
    public void There_are_many_kinds_of_mistakes() => Assert.True(Files().Count >= 90);

    [Fact]
    public void Every_code_of_the_text_front_end_is_shown_by_a_file()
    {
        var shown = string.Concat(Directory.GetFiles(Folder, "*.verified.txt").Select(File.ReadAllText));
        Assert.DoesNotContain(Codes().Except(MadeInCode), code => !shown.Contains(code));
    }

    [Fact]
    public void No_number_is_used_twice() => Assert.Equal(Codes().Distinct().Order(StringComparer.Ordinal), Codes());

    private static string[] Codes() =>
        [.. typeof(TextCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)];

    private static Values<Diagnostic> Diagnostics(string file, byte[] bytes) => file.StartsWith("bars-", StringComparison.Ordinal)
        ? BarsReader.Parse(System.Text.Encoding.UTF8.GetString(bytes), file).Diagnostics
        : PipelineReader.Parse(bytes, file).Diagnostics;
}
