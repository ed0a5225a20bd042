using System.Text.RegularExpressions;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Formatting;
using Marl.Actors.Pipelines.Tests.Broken.Binding;
using Marl.Actors.Pipelines.Tests.Campaigns.Sweeps;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Parts;

/// <summary>Whatever parts and sweeps say, they are answered with diagnostics or a verdict, never with an exception.</summary>
public sealed partial class DamagedPartsTests
{
    private static readonly string[] Vocabulary =
    [
        "world", "pool", "team", "learner", "in", "out", "steps", "state", "actions", "in.steps", "in.state", "pool.actions", "in.steps.agents", "pool.steps.agents",
        "./parts/team.yaml", "./toy.yaml", "team.yaml", "agent/toy", "environment/toy", "by-step", "as-it-comes", "delay(steps=1)", "$rollout", "$clip", "$none", "rollout", "clip",
        "{}", "{ kind: state }", "0.5", "7", "-1", "1e9", "true", "[1, 2]", "1..3", "agents", "mood", "seed", "uniform", "log-uniform", "choice", "trials", "grid", "sample", "evaluate", "each", "copies",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Words_put_in_the_wrong_place_of_parts_make_diagnostics(int seed)
    {
        using var files = new PartFiles();
        var random = RandomKey.FromSeed(seed).Derive("parts").Stream();
        var codes = new HashSet<string>();
        for (var i = 0; i < 150; i++)
        {
            files.Write("toy.yaml", Damaged(ref random, PartFiles.Pipeline, random.NextInt(3))).Write("parts/team.yaml", Damaged(ref random, PartFiles.Part, 1 + random.NextInt(3)));
            codes.UnionWith(Codes(files["toy.yaml"]));
            codes.UnionWith(Codes(files["parts/team.yaml"]));
        }

        Assert.True(codes.Count > 25, $"Only {codes.Count} outcomes: the damage is too uniform to say anything.");
    }

    [Fact]
    public void Words_put_in_the_wrong_place_of_sweeps_make_diagnostics()
    {
        const string Sweep = "sweep: s\nof: ../toy.yaml\nseeds: 1..3\ngrid:\n  agents: [2, 3]\nsample:\n  trials: 4\n  seed: 7\n  clip: { log-uniform: 0.1..0.9 }\n  mood: { choice: [calm, very-bold] }\n  high: { uniform: 0.6..2.0 }\n";
        using var files = new SweepFiles();
        var random = RandomKey.FromSeed(3).Derive("sweeps").Stream();
        var codes = new HashSet<string>();
        for (var i = 0; i < 150; i++)
        {
            codes.UnionWith(Codes(files.Write(SweepFiles.Sweep, Damaged(ref random, Sweep, 1 + random.NextInt(3)))[SweepFiles.Sweep]));
        }

        Assert.True(codes.Count > 12, $"Only {codes.Count} outcomes: the damage is too uniform to say anything.");
    }

    private static IEnumerable<string> Codes(string file)
    {
        var result = FileCheck.Run(file, TestCatalog.Catalog);
        Assert.Equal(result.IsSuccess, result.Diagnostics.All(d => d.Severity == Severity.Warning));
        Assert.All(result.Diagnostics, d => DiagnosticRules.Hold(d, d.Where.File));
        if (PipelineFormatter.Format(File.ReadAllText(file), file) is { IsSuccess: true } formatted)
        {
            Assert.Equal(formatted.Value, PipelineFormatter.Format(formatted.Value, file).Value);
        }

        return result.IsSuccess ? ["good"] : result.Diagnostics.Select(d => d.Code);
    }

    private static string Damaged(ref RandomStream random, string text, int changes)
    {
        for (var i = 0; i < changes; i++)
        {
            if (random.NextInt(4) == 0)
            {
                var lines = text.Split('\n').ToList();
                lines.RemoveAt(random.NextInt(lines.Count));
                text = string.Join('\n', lines);
            }
            else
            {
                var words = Word().Matches(text);
                var word = words[random.NextInt(words.Count)];
                text = text[..word.Index] + Vocabulary[random.NextInt(Vocabulary.Length)] + text[(word.Index + word.Length)..];
            }
        }

        return text;
    }

    [GeneratedRegex(@"[\w$./-]+(\([^)]*\))?")]
    private static partial Regex Word();
}
