using Marl.Actors.Pipelines.Formatting;
using Marl.Actors.Pipelines.Parts;
using Marl.Actors.Pipelines.Tests.Parts;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Formatting;

public sealed class PartFormatTests
{
    [Fact]
    public void A_part_in_canonical_layout_stays() => Assert.Equal(PartFiles.Part.TrimEnd('\n') + "\n", PipelineFormatter.Format(PartFiles.Part, "part.yaml").Value);

    [Fact]
    public void Keys_come_in_the_order_of_parts_ports_on_lines_and_edges_in_canonical_spacing()
    {
        const string Messy = """
            # A team.
            out:
              actions:   team.actions|>by-step  # joined
              state: in.state
            in: {steps: {required: false, kind: steps}, state: {}}
            stages: {team: {uses: agent/toy, with: {rollout: $rollout}, each: in.steps.agents}}
            parameters: {rollout: {range: 1..9, type: int}}
            summary: Words.
            part: team
            """;

        var formatted = PipelineFormatter.Format(Messy, "part.yaml").Value;

        Assert.Equal(
            """
            part: team
            summary: Words.

            parameters:
              rollout: { type: int, range: 1..9 }

            in:
              steps: { kind: steps, required: false }
              state: {}

            # A team.
            out:
              actions: team.actions |> by-step  # joined
              state: in.state

            stages:
              team:
                uses: agent/toy
                each: in.steps.agents
                with: { rollout: $rollout }

            """,
            formatted);
        Assert.Equal(formatted, PipelineFormatter.Format(formatted, "part.yaml").Value);
        Assert.Equal("in.steps.agents", PartReader.Parse(formatted, "part.yaml").Value.Stages[0].Each?.Value);
    }
}
