using System.Globalization;
using System.Text.RegularExpressions;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Rendering;
using Marl.Actors.Pipelines.Tests.Broken.Binding;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Rendering;

public sealed class GraphTextTests
{
    private static string Folder => TestFiles.Folder("tests/Marl.Actors.Pipelines.Tests/Rendering");

    [Fact]
    public void The_arrow_view_is_a_document() => Verify("toy.arrows", GraphText.Arrows(Graph()));

    [Fact]
    public void The_mermaid_view_is_a_document() => Verify("toy.mermaid", GraphText.Mermaid(Graph()));

    [Fact]
    public void An_indeterminate_pipeline_says_which_merge_makes_it_so()
    {
        var graph = Toy.Sound(Toy.With(("|> lag(updates=1)", "|> latest")));
        Assert.Contains("not determinate: learner.weights → team.weights |> latest\n", GraphText.Arrows(graph));
    }

    [Fact]
    public void Predictions_are_per_environment_step()
    {
        var graph = Toy.Sound(Toy.With()); // 4 copies, 2 agents, rollouts of 5; a weights message of 400 bytes
        var traffic = graph.Edges.ToDictionary(e => e.Name, e => EdgeTraffic.Of(graph, e)!.Value);

        Assert.Equal(new EdgeTraffic(2 / 4.0, 2 * 16 / 4.0), traffic["team.actions → world.actions"]);
        Assert.Equal(new EdgeTraffic(1 / 4.0, 192 / 4.0), traffic["world.state → learner.state"]);
        Assert.Equal(2 / 20.0, traffic["learner.weights → team.weights"].Messages, 12);
        Assert.Equal(2 * 400 / 20.0, traffic["learner.weights → team.weights"].Bytes, 12);
        Assert.Equal(2 / 200.0, traffic["learner.weights → evaluation/team.weights"].Messages, 12); // every 10 updates
        Assert.Equal(2 / 3.0, traffic["evaluation/team.actions → evaluation/world.actions"].Messages, 12);
    }

    [Fact]
    public void Text_does_not_depend_on_the_culture()
    {
        var expected = GraphText.Arrows(Graph());
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new() { NumberDecimalSeparator = ",", NegativeSign = "~", NumberGroupSeparator = "." } };
            Assert.Equal(expected, GraphText.Arrows(Graph()));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Mermaid_names_every_box_before_its_arrows_and_quotes_every_label()
    {
        var lines = GraphText.Mermaid(Graph()).TrimEnd('\n').Split('\n');
        var boxes = lines.Select(l => Regex.Match(l, "^ +(s[0-9]+)\\[\"[^\"|]*\"\\]$")).Where(m => m.Success).Select(m => m.Groups[1].Value).ToList();
        var arrows = lines.Select(l => Regex.Match(l, "^  (s[0-9]+) -->\\|\"[^\"|]*\"\\| (s[0-9]+)$")).Where(m => m.Success).ToList();

        Assert.Equal("flowchart LR", lines[0]);
        Assert.Equal(lines.Length, 1 + boxes.Count + arrows.Count + 2); // head, and the subgraph's two lines
        Assert.Equal(boxes.Distinct(), boxes);
        Assert.All(arrows, a => Assert.Subset(boxes.ToHashSet(), new HashSet<string> { a.Groups[1].Value, a.Groups[2].Value }));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0234375, "0.0234")]
    [InlineData(0.5, "0.5")]
    [InlineData(1.2345, "1.23")]
    [InlineData(99.96, "100")]
    [InlineData(12345.6, "12346")]
    [InlineData(1.5e-7, "0.00000015")]
    public void Numbers_have_three_significant_digits(double value, string expected) => Assert.Equal(expected, Figures.Number(value));

    [Theory]
    [InlineData(12, "12 B")]
    [InlineData(999.4, "999 B")]
    [InlineData(999.6, "1 kB")]
    [InlineData(1850, "1.85 kB")]
    [InlineData(2_500_000, "2.5 MB")]
    public void Bytes_have_units(double value, string expected) => Assert.Equal(expected, Figures.Bytes(value));

    /// <summary>The toy with a talking team: two kinds of loop opener.</summary>
    private static Graph Graph() => Toy.Sound(Toy.With(
        ("      steps: world.steps", "      heard: talk.heard\n      steps: world.steps"),
        ("  learner:\n", "  talk:\n    uses: channel/toy\n    with: { words: 2 }\n    in:\n      said: team.messages |> by-step |> drop(p=0.05) |> delay(steps=1)\n\n  learner:\n"),
        ("stop:", "place: { world: simulate }\nstop:")));

    private static void Verify(string name, string actual)
    {
        var verified = Path.Combine(Folder, name + ".verified.txt");
        var received = Path.Combine(Folder, name + ".received.txt");
        File.Delete(received);
        if (!File.Exists(verified) || File.ReadAllText(verified) != actual)
        {
            File.WriteAllText(received, actual);
            Assert.Equal(File.Exists(verified) ? File.ReadAllText(verified) : "", actual);
        }
    }
}
