using System.Reflection;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Checks;
using Marl.Actors.Pipelines.Graphs;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Broken.Binding;

/// <summary>
/// Every <c>*.yaml</c> in this folder is a file that can be read, with one mistake in what it means, named for it; the
/// diagnostics beside it are the whole of what a user is told.
/// </summary>
public sealed class BrokenBindingTests
{
    private static string Folder => TestFiles.Folder("tests/Marl.Actors.Pipelines.Tests/Broken/Binding");

    private static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    public static TheoryData<string> Files() => [.. Names];

    [Theory]
    [MemberData(nameof(Files))]
    public void Diagnostics_are_as_verified(string file)
    {
        var verified = Path.Combine(Folder, Path.ChangeExtension(file, ".verified.txt"));
        var received = Path.ChangeExtension(verified, null)[..^".verified".Length] + ".received.txt";
        File.Delete(received);

        var actual = string.Join('\n', Bind(file).Diagnostics) + "\n";
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
        var diagnostics = Bind(file).Diagnostics;

        Assert.NotEmpty(diagnostics);
        Assert.All(diagnostics, d => DiagnosticRules.Hold(d, file));
        Assert.All(diagnostics, d => Assert.True(d.Where.Line > 0, d.ToString()));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Only_warnings_leave_a_graph(string file)
    {
        var result = Bind(file);
        Assert.Equal(result.Diagnostics.All(d => d.Severity == Severity.Warning), result.IsSuccess);
    }

    [Fact]
    public void Verified_files_without_a_pipeline_are_orphans() => Assert.Empty(
        Directory.GetFiles(Folder, "*.verified.txt").Where(f => !File.Exists(f.Replace(".verified.txt", ".yaml"))).Select(Path.GetFileName));

    [Fact]
    public void Every_code_of_binder_and_checks_is_shown()
    {
        var shown = Names.SelectMany(f => Bind(f).Diagnostics)
            .Concat(MistakesInCode.All.SelectMany(m => m.Bind().Diagnostics))
            .Select(d => d.Code).ToHashSet();

        Assert.DoesNotContain(Codes(), code => !shown.Contains(code));
    }

    [Fact]
    public void No_number_is_used_twice() => Assert.Equal(Codes().Distinct(), Codes());

    private static string[] Codes() =>
    [
        .. new[] { typeof(BindingCodes), typeof(CheckCodes) }
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(f => (string)f.GetRawConstantValue()!),
    ];

    private static Result<Graph> Bind(string file) =>
        PipelineCompiler.LoadText(File.ReadAllText(Path.Combine(Folder, file)), file, TestCatalog.Catalog, BindingOverrides.None);
}
