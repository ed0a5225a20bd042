using System.Text.RegularExpressions;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Rendering;
using Marl.Actors.Pipelines.Tests.Broken.Binding;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Binding;

/// <summary>Whatever a file says, the compiler answers with a graph or with diagnostics, never with an exception.</summary>
public sealed partial class DamagedFilesTests
{
    private static readonly string[] Vocabulary =
    [
        "world", "team", "learner", "talk", "steps", "actions", "rollouts", "weights", "state", "said", "heard", "messages", "metrics", "episodes",
        "environment/toy", "agent/toy", "agent/central", "algorithm/toy", "channel/toy", "channel/relay", "by-step", "as-it-comes", "latest",
        "lag(updates=2)", "every(updates=3)", "delay(steps=1)", "drop(p=0.5)", "mute", "spell", "0", "-1", "7", "1e9", "999999999", "true", "[1, 2]", "$seed", "$none",
        "world.agents", "each", "copies", "evaluate", "stop", "place",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Words_put_in_the_wrong_place_make_diagnostics_not_exceptions(int seed)
    {
        var random = RandomKey.FromSeed(seed).Stream();
        var outcomes = new HashSet<string>();
        for (var i = 0; i < 200; i++)
        {
            var text = Damaged(ref random, 1 + random.NextInt(4));
            var result = PipelineCompiler.LoadText(text, "toy.yaml", TestCatalog.Catalog, new());
            outcomes.UnionWith(result.IsSuccess ? ["graph"] : result.Diagnostics.Select(d => d.Code));
            Assert.Equal(result.IsSuccess, result.Diagnostics.All(d => d.Severity == Severity.Warning));
            Assert.All(result.Diagnostics, d => DiagnosticRules.Hold(d, "toy.yaml"));
            if (result.IsSuccess)
            {
                Assert.NotEmpty(GraphText.Arrows(result.Value) + GraphText.Mermaid(result.Value));
            }
        }

        Assert.True(outcomes.Count > 15, $"Only {outcomes.Count} outcomes: the damage is too uniform to say anything.");
        Assert.Contains("graph", outcomes);
    }

    private static string Damaged(ref RandomStream random, int changes)
    {
        var text = Toy.Text.Replace(
            "  learner:\n",
            "  talk:\n    uses: channel/toy\n    with: { words: 2 }\n    in:\n      said: team.messages |> by-step |> delay(steps=1)\n\n  learner:\n")
            .Replace("      steps: world.steps", "      heard: talk.heard\n      steps: world.steps");
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

    [GeneratedRegex(@"[\w/-]+(\([^)]*\))?")]
    private static partial Regex Word();
}
