using System.Runtime.CompilerServices;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Pipelines.Building;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Rendering;
using Marl.Actors.Pipelines.Tests.Broken.Binding;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Building;

public sealed class PipelineBuilderTests
{
    private const string TalkingTeam = """
        pipeline: talking
        summary: They talk over a bad line.

        parameters:
          seed: { type: int, default: 5 }

        stages:
          world:
            uses: environment/toy
            copies: 16
            with: { agents: 3, width: 4, reward: team-mean }
            in:
              actions: team.actions |> by-step

          talk:
            uses: channel/toy
            with: { words: 2 }
            in:
              said: team.messages |> by-step |> drop(p=0.05) |> delay(steps=1)

          team:
            uses: agent/toy
            each: world.agents
            with: { hidden: [32, 16], rollout: 10, mood: very-bold }
            in:
              steps: world.steps
              heard: talk.heard
              weights: learner.weights |> lag(updates=1)

          learner:
            uses: algorithm/toy
            with: { clip: 1e-3, note: "1e-3: as text", reward: team-mean }
            in:
              rollouts: team.rollouts |> by-step
              state: world.state

        stop: { steps: 2_000_000 }
        evaluate: { every: 100_000, episodes: 32, actions: greedy, convention: per-agent }
        checkpoint: { every: 50_000 }
        place: { world: simulate, learner: learn }
        """;

    [Fact]
    public void A_pipeline_built_in_code_equals_the_one_in_a_file()
    {
        var file = Toy.Sound(PipelineCompiler.LoadText(TalkingTeam, "talking.yaml", TestCatalog.Catalog, new()));
        var code = Toy.Sound(Built().Bind(TestCatalog.Catalog));

        Assert.Equal(file, code);
        Assert.Equal(GraphText.Arrows(file), GraphText.Arrows(code));
    }

    [Theory]
    [InlineData("agents: 3", "agents: 2")]
    [InlineData("drop(p=0.05)", "drop(p=0.06)")]
    [InlineData("|> drop(p=0.05) |> delay(steps=1)", "|> delay(steps=1) |> drop(p=0.05)")]
    [InlineData("rollout: 10", "rollout: 11")]
    [InlineData("default: 5", "default: 6")]
    [InlineData("copies: 16", "copies: 17")]
    [InlineData("learner: learn", "learner: teach")]
    [InlineData("episodes: 32", "episodes: 33")]
    [InlineData("every: 50_000", "every: 50_001")]
    public void Any_difference_makes_them_unequal(string old, string changed)
    {
        Assert.Contains(old, TalkingTeam);
        var file = Toy.Sound(PipelineCompiler.LoadText(TalkingTeam.Replace(old, changed), "talking.yaml", TestCatalog.Catalog, new()));

        Assert.NotEqual(file, Toy.Sound(Built().Bind(TestCatalog.Catalog)));
    }

    [Fact]
    public void Components_and_operators_of_a_program_need_no_catalog()
    {
        var own = TestCatalog.Learner with { Id = "algorithm/own" };
        var pipeline = PipelineBuilder.Named("own").Stop(1000);
        var world = pipeline.Stage("world", TestCatalog.World);
        var team = pipeline.Stage("team", TestCatalog.Agent).Each(world, "agents");
        var learner = pipeline.Stage("learner", own);
        Wire(world, team, learner);

        var graph = Toy.Sound(pipeline.Bind(new([], [])));

        Assert.Equal("algorithm/own", graph["learner"].Component.Id);
        Assert.Equal([8, 8], ((TestCatalog.AgentOptions)graph["team"].Options).Hidden);
    }

    [Fact]
    public void Mistakes_point_at_the_line_of_code()
    {
        var pipeline = PipelineBuilder.Named("wrong").Stop(1000);
        var world = pipeline.Stage("world", TestCatalog.World);
        var team = pipeline.Stage("team", TestCatalog.Agent).Each(world, "agents");
        var learner = pipeline.Stage("learner", TestCatalog.Learner);
        world.In("actions", team.Output("action").ByStep()); var line = Line();
        team.In("steps", world.Output("steps")).In("weights", learner.Output("weights"));
        learner.In("rollouts", team.Output("rollouts").ByStep());

        var diagnostic = Assert.Single(pipeline.Bind(TestCatalog.Catalog).Diagnostics);

        Assert.Equal("'team' has no output 'action'. Did you mean 'actions'?", $"{diagnostic.Sentence} {diagnostic.Remedy}");
        Assert.Equal((nameof(PipelineBuilderTests) + ".cs", line), (Path.GetFileName(diagnostic.Where.File), diagnostic.Where.Line));
    }

    [Fact]
    public void Options_of_another_component_are_a_bug() =>
        Assert.Throws<ArgumentException>(() => PipelineBuilder.Named("bug").Stage("world", TestCatalog.World, new TestCatalog.LearnerOptions()));

    [Fact]
    public void A_second_flow_into_a_port_adds_a_producer()
    {
        var pipeline = Built();
        var echo = pipeline.Stage("echo", TestCatalog.Channel, new TestCatalog.ChannelOptions(2))
            .In("said", Flow.From("talk", "heard").ByStep())
            .In("said", Flow.From("team", "messages").ByStep());
        var diagnostic = Assert.Single(pipeline.Bind(TestCatalog.Catalog).Diagnostics);

        Assert.Equal("Nobody reads 'echo'.", diagnostic.Sentence);
        Assert.Equal(2, pipeline.ToFile().Stages.Single(s => s.Id.Value == echo.Id).Inputs.Single().Sources.Count);
    }

    private static PipelineBuilder Built()
    {
        Func<Flow, Flow> badLine = said => said.Then(Apply("drop", new TestCatalog.ProbabilityOptions(0.05))).Then(Apply("delay", new TestCatalog.StepOptions(1)));

        var pipeline = PipelineBuilder.Named("talking")
            .Summary("They talk over a bad line.")
            .Seed(5)
            .Stop(steps: 2_000_000)
            .Evaluate(every: 100_000, episodes: 32, Pipelines.Binding.ActionChoice.Greedy, ReturnConvention.PerAgent)
            .Checkpoint(every: 50_000);
        var world = pipeline.Stage("world", TestCatalog.World, new TestCatalog.WorldOptions(Agents: 3, Width: 4, Reward: RewardConvention.TeamMean), copies: 16).On("simulate");
        var talk = pipeline.Stage("talk", TestCatalog.Channel, new TestCatalog.ChannelOptions(Words: 2));
        var team = pipeline.Stage("team", TestCatalog.Agent, (TestCatalog.AgentOptions o) => o with { Hidden = [32, 16], Rollout = 10, Mood = TestCatalog.Mood.VeryBold })
            .Each(world, "agents");
        var learner = pipeline.Stage("learner", TestCatalog.Learner, new TestCatalog.LearnerOptions(Clip: 1e-3, Note: "1e-3: as text", Reward: RewardConvention.TeamMean)).On("learn");

        talk.In("said", team.Output("messages").ByStep().Then(badLine));
        team.In("heard", talk.Output("heard"));
        Wire(world, team, learner);
        learner.In("state", world.Output("state"));
        return pipeline;
    }

    private static void Wire(StageBuilder world, StageBuilder team, StageBuilder learner)
    {
        world.In("actions", team.Output("actions").ByStep());
        team.In("steps", world.Output("steps")).In("weights", learner.Output("weights").Then(Apply("lag", new TestCatalog.CountOptions(1))));
        learner.In("rollouts", team.Output("rollouts").ByStep());
    }

    private static AppliedOperator Apply(string id, object options) => new(TestCatalog.Operators.Single(o => o.Id == id), options);

    private static int Line([CallerLineNumber] int line = 0) => line;
}
