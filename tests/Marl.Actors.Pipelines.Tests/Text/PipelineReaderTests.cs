using System.Text;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Text;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Text;

public sealed class PipelineReaderTests
{
    private const string Small = """
        pipeline: small-one
        summary: "Two: words, no"
        parameters:
          clip: { type: float, default: 0.2, range: 0.0..1.0 }
        stages:
          world:
            uses: environment/climbing
            copies: 2_000
            with: { maxSteps: 25, flag: no, rate: 1e-4, layers: [64, 64], clip: $clip }
            in:
              actions: world.actions |> by-step
        stop: { steps: 100 }

        """;

    [Fact]
    public void Scalars_stay_as_they_are_written()
    {
        var stage = Read(Small).Stages.Single();

        Assert.Equal("2_000", stage.Copies!.Scalars.Single().Value);
        Assert.Equal(["25", "no", "1e-4", "64|64", ""], stage.With.Select(s => string.Join('|', s.Value.Scalars)));
        Assert.Equal([false, false, false, true, false], stage.With.Select(s => s.Value.IsList));
        Assert.Equal("clip", stage.With[4].Value.Parameter);
    }

    [Fact]
    public void Everything_has_its_place()
    {
        var file = Read(Small);
        var stage = file.Stages.Single();

        Assert.Equal("small.yaml(1,11)", $"{file.Name.Where}");
        Assert.Equal("small.yaml(2,10)", $"{file.Summary!.Where}");
        Assert.Equal(
            ["small.yaml(4,3)", "small.yaml(4,17)", "small.yaml(4,33)", "small.yaml(4,45)"],
            file.Parameters.SelectMany(p => new[] { p.Name, p.Type, p.Default!, p.Range! }).Select(l => $"{l.Where}"));
        Assert.Equal("small.yaml(6,3)", $"{stage.Id.Where}");
        Assert.Equal("small.yaml(8,13)", $"{stage.Copies!.Where}");
        Assert.Equal("small.yaml(9,13)", $"{stage.With[0].Name.Where}");
        Assert.Equal("small.yaml(9,62)", $"{stage.With[3].Value.Scalars[1].Where}");
        Assert.Equal("small.yaml(9,73)", $"{stage.With[4].Value.Where}");
    }

    [Fact]
    public void Line_ends_and_byte_order_marks_do_not_matter()
    {
        var plain = Read(Small);

        Assert.Equal(plain, Read(Small.Replace("\n", "\r\n")));
        Assert.Equal(plain, Read(Small.Replace("\n", "\r")));
        Assert.Equal(plain, PipelineReader.Parse([.. "\uFEFF"u8, .. Encoding.UTF8.GetBytes(Small)], "small.yaml").Value);
        Assert.Equal(ModelText.Of(plain), ModelText.Of(Read("---\n" + Small)));
    }

    [Fact]
    public void Absent_sections_are_null_and_empty_ones_are_empty()
    {
        var file = Read("pipeline: a\nstages:\n  w: { uses: x/y }\nplace: {}\n");

        Assert.Null(file.Stop);
        Assert.Null(file.Evaluate);
        Assert.Null(file.Checkpoint);
        Assert.Empty(file.Place!.Value);
        Assert.Empty(file.Parameters);
    }

    [Fact]
    public void A_summary_may_hold_any_text() => Assert.Equal("costs $5: # no", Read("pipeline: a\nsummary: 'costs $5: # no'\nstages:\n  w: { uses: x/y }\n").Summary!.Value);

    [Fact]
    public void Reading_nodes_alone_asks_for_no_pipeline()
    {
        var root = PipelineText.Parse("bars:\n  - { at: 1 }\n", "x.yaml").Value;

        var bars = Assert.IsType<SequenceNode>(Assert.IsType<MappingNode>(root).Entries.Single().Value);
        Assert.Equal("x.yaml(2,5)", $"{Assert.IsType<MappingNode>(bars.Items.Single()).Where}");
    }

    private static PipelineFile Read(string text)
    {
        var result = PipelineReader.Parse(text, "small.yaml");
        Assert.Equal([], result.Diagnostics.Select(d => d.ToString()));
        return result.Value;
    }
}
