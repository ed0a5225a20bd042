using System.Text.RegularExpressions;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Catalogs;
using Xunit;

namespace Marl.Actors.Tests.Documents;

/// <summary>What the README shows is what the repository holds.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public void The_pipeline_is_the_shipped_file() =>
        Assert.Equal(File.ReadAllText(Repository.Pipeline("mappo-spread")), Block("yaml"));

    [Fact]
    public void The_mistake_is_reported_as_shown()
    {
        var broken = File.ReadAllText(Repository.Pipeline("mappo-spread")).Replace("learner.weights", "learner.weight");
        var diagnostics = PipelineCompiler.LoadText(broken, "pipelines/mappo-spread.yaml", BuiltIn.Catalog, BindingOverrides.None).Diagnostics;
        Assert.Equal(Block("text").TrimEnd(), string.Join("\n", diagnostics));
    }

    [Fact]
    public void The_test_command_is_what_CI_runs() =>
        Assert.Contains(Block("sh").Trim().Split('\n')[1], File.ReadAllText(Path.Combine(Repository.Root, ".ci", "run")));

    [Fact]
    public void Every_link_leads_somewhere()
    {
        var missing = Link().Matches(Text).Select(m => m.Groups[1].Value)
            .Where(target => !target.StartsWith("https://", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(Repository.Root, target)));
        Assert.Empty(missing);
    }

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();

    private static string Block(string language)
    {
        var start = Text.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return Text[start..Text.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
