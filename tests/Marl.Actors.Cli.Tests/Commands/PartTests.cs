using Marl.Actors.Cli.Tests.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary>The commands on a pipeline that uses a part.</summary>
public sealed class PartTests(ITestOutputHelper log)
{
    private const string Pipeline = """
        pipeline: tiny-parts

        stages:
          world:
            uses: environment/coordination
            copies: 8
            with: { maxSteps: 5 }
            in:
              actions: pair.actions

          pair:
            uses: ./parts/pair.yaml
            with: { rollout: 10 }
            in:
              steps: world.steps

        stop: { steps: 160 }
        evaluate: { every: 80, episodes: 4 }

        """;

    private const string Part = """
        part: pair

        parameters:
          rollout: { type: int, range: 1..100 }

        in:
          steps: { kind: steps }

        out:
          actions: agents.actions |> by-step

        stages:
          agents:
            uses: agent/actor-critic
            each: in.steps.agents
            with: { hidden: [8], rollout: $rollout }
            in:
              steps: in.steps
              weights: learner.weights |> lag(updates=0)

          learner:
            uses: algorithm/ippo
            with: { epochs: 1, minibatches: 1, hidden: [8] }
            in:
              rollouts: agents.rollouts |> by-step

        """;

    [Fact]
    public async Task Check_show_format_trace_run_and_eval_work_as_on_any_pipeline()
    {
        using var place = Place();

        var check = (await place.MarlAsync("check", "p.yaml", "parts/pair.yaml")).Succeeded();
        var show = (await place.MarlAsync("show", "p.yaml")).Succeeded();
        var format = (await place.MarlAsync("format", "--check", "p.yaml", "parts/pair.yaml")).Succeeded();
        var trace = (await place.MarlAsync("trace", "p.yaml")).Succeeded();
        (await place.MarlAsync("run", "p.yaml", "--out", "r")).Succeeded();
        Directory.Delete(place["parts"], recursive: true);
        (await place.MarlAsync("eval", "r", "--episodes", "4")).Succeeded();

        Assert.Equal("p.yaml: ok, 7 actors, 7 edges, determinate\nparts/pair.yaml: ok, 2 stages, 1 input, 1 output\n", check.Out);
        Assert.Contains("pair/agents ×2   agent/actor-critic   each world.agents", show.Out);
        Assert.Equal("p.yaml: ok\nparts/pair.yaml: ok\n", format.Out);
        Assert.Contains("pair/agents.rollouts → pair/learner.rollouts", trace.Out);
        Assert.Contains("uses: ./pipeline.parts/pair.yaml", place.Text("r", "pipeline.yaml"));
    }

    [Fact]
    public async Task A_mistake_in_a_part_is_told_in_a_line_with_both_places()
    {
        using var place = Place();
        File.WriteAllText(place["parts", "pair.yaml"], Part.Replace("learner.weights", "learner.weight"));

        (await place.MarlAsync("check", "p.yaml")).Complained("MARL1203", "parts/pair.yaml(19,24): error", "'weights'?", "Used at p.yaml(12,11).");

        if (await Terminal.RunAsync(place.Path, log, "check", "p.yaml") is { } shown)
        {
            var lines = shown.Out.ReplaceLineEndings("\n").Split('\n');
            Assert.Contains("          weights: learner.weight |> lag(updates=0)", lines);
            Assert.Contains("        uses: ./parts/pair.yaml", lines);
            Assert.Equal(2, lines.Count(line => line.Trim() == "^"));
        }
    }

    private static Workplace Place()
    {
        var place = new Workplace();
        Directory.CreateDirectory(place["parts"]);
        File.WriteAllText(place["p.yaml"], Pipeline);
        File.WriteAllText(place["parts", "pair.yaml"], Part);
        return place;
    }
}
