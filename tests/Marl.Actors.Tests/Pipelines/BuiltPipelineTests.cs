using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Catalogs;
using Marl.Actors.Coordination.Operators;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Environments.Particles;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Building;
using Marl.Actors.Pipelines.Rendering;
using Marl.Actors.Policies.Agents;
using Xunit;

namespace Marl.Actors.Tests.Pipelines;

/// <summary>The same experiment as a file and as C#.</summary>
public sealed class BuiltPipelineTests
{
    [Fact]
    public void A_pipeline_built_in_code_is_equal_to_the_file()
    {
        var file = Experiment.Load(Repository.Pipeline("mappo-spread")).Value;
        var code = MappoSpread().Bind(BuiltIn.Catalog).Value;
        Assert.Equal(GraphText.Arrows(file), GraphText.Arrows(code));
        Assert.Equal(file, code);
    }

    [Fact]
    public void Another_option_makes_another_graph()
    {
        var file = Experiment.Load(Repository.Pipeline("mappo-spread")).Value;
        Assert.NotEqual(file, MappoSpread(clip: 0.1).Bind(BuiltIn.Catalog).Value);
    }

    private static PipelineBuilder MappoSpread(double clip = 0.2)
    {
        var pipeline = PipelineBuilder.Named("mappo-spread")
            .Summary("MAPPO on simple-spread, 128 worlds; three agents learn to share three landmarks.")
            .Stop(steps: 5_000_000)
            .Evaluate(every: 250_000, episodes: 320);
        var world = pipeline.Stage("world", BuiltIn.Catalog.Components["environment/simple-spread"], new SimpleSpreadOptions(State: StateView.PerAgent), copies: 128);
        var team = pipeline.Stage("team", ActorCriticAgent.Component, new ActorCriticOptions(Rollout: 25)).Each(world, "agents");
        var learner = pipeline.Stage("learner", PpoComponents.Mappo, new PpoOptions(LearningRate: 2e-3, Gamma: 0.95, Clip: clip));
        world.In("actions", team.Output("actions").ByStep());
        team.In("steps", world.Output("steps")).In("weights", learner.Output("weights").Then(Lag.Updates(0)));
        learner.In("rollouts", team.Output("rollouts").ByStep()).In("state", world.Output("state"));
        return pipeline;
    }
}
