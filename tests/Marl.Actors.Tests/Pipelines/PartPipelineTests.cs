using Marl.Actors.Analysis.Summaries;
using Marl.Actors.Catalogs;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Traces;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Testing.Files;
using Marl.Actors.Tracing;
using Xunit;

namespace Marl.Actors.Tests.Pipelines;

/// <summary>A pipeline that uses a part is the pipeline with the part's stages written out.</summary>
public sealed class PartPipelineTests
{
    private const string Flat = """
        pipeline: ippo-penalty
        summary: IPPO on the penalty game of Claus and Boutilier, 25 repetitions; two equal optima, and a penalty for mixing them up.

        stages:
          world:
            uses: environment/penalty
            copies: 32
            with: { k: -30 }
            in:
              actions: agents.actions |> by-step

          agents:
            uses: agent/actor-critic
            each: world.agents
            with: { hidden: [64, 64], sharePolicy: false, rollout: 25 }
            in:
              steps: world.steps
              weights: learner.weights |> lag(updates=0)

          learner:
            uses: algorithm/ippo
            with: { epochs: 10, minibatches: 4, learningRate: 2e-3, gamma: 0.99, entropy: 0.2, entropyEnd: 0.0 }
            in:
              rollouts: agents.rollouts |> by-step

        stop: { steps: 100_000 }
        evaluate: { every: 20_000, episodes: 32, actions: sampled, convention: per-agent }
        """;

    [Fact]
    public async Task Graph_edges_and_weights_are_the_same_bit_for_bit()
    {
        var parts = Experiment.Load(Repository.Pipeline("ippo-penalty")).Value;
        var flat = Written("team/");

        Assert.Equal(flat, parts);
        Assert.Equal(await Trace(flat), await Trace(parts));
    }

    [Fact]
    public async Task The_folder_of_a_run_holds_the_parts_and_goes_on_without_the_originals()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["pipelines/parts"]);
        File.Copy(Repository.Pipeline("ippo-penalty"), folder["pipelines/ippo-penalty.yaml"]);
        File.Copy(Repository.Pipeline("parts/ippo-team"), folder["pipelines/parts/ippo-team.yaml"]);
        using var stop = new CancellationTokenSource();
        var half = await Experiment.RunAsync(new()
        {
            Path = folder["pipelines/ippo-penalty.yaml"], Out = folder["run"], Overrides = Short, Progress = _ => stop.Cancel(), Stop = stop.Token,
        });

        Directory.Delete(folder["pipelines"], recursive: true);
        var whole = await Experiment.ResumeAsync(new() { Path = folder["run"] });

        Assert.Equal(StopReason.CtrlC, half.Value.Summary.StoppedBy);
        var straight = await Experiment.RunAsync(new() { Path = Repository.Pipeline("ippo-penalty"), Out = folder["straight"], Overrides = Short });
        Assert.Equal(straight.Value.Summary.WeightsSha256, whole.Value.Summary.WeightsSha256);
    }

    private static BindingOverrides Short => new() { StopSteps = 8_000 };

    private static async Task<string> Trace(Graph graph) => TraceText.Write((await Traces.TakeAsync(graph, new())).Value);

    /// <summary>The flat pipeline with the names that its stages have in a part.</summary>
    private static Graph Written(string prefix)
    {
        var file = PipelineReader.Parse(Flat, "flat.yaml").Value;
        string Named(string stage) => stage == "world" ? stage : prefix + stage;
        return PipelineBinder.Bind(
            file with
            {
                Stages = file.Stages.Select(s => s with
                {
                    Id = s.Id with { Value = Named(s.Id.Value) },
                    Scope = s.Id.Value == "world" ? "" : prefix,
                    Inputs = s.Inputs.Select(i => i with { Sources = i.Sources.Select(e => e with { Stage = e.Stage with { Value = Named(e.Stage.Value) } }).ToValues() }).ToValues(),
                }).ToValues(),
            },
            BuiltIn.Catalog,
            BindingOverrides.None).Value;
    }
}
