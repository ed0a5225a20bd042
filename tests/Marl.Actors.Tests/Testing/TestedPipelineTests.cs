#if !VERIFY // these hold the messages of our own engine; Verify has its own
using Marl.Actors.Catalogs;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;
using Marl.Actors.Exploring;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Testing.Contracts;
using Marl.Actors.Testing.Files;
using Marl.Actors.Testing.Pipelines;
using Marl.Actors.Testing.Snapshots;
using Xunit;

namespace Marl.Actors.Tests.Testing;

/// <summary>The kit's own tests: what is missing, changed, orphaned or not determinate is told with what to do.</summary>
public sealed class TestedPipelineTests : IDisposable
{
    private const string Name = "climbing";

    private readonly TemporaryFolder folder = new();

    static TestedPipelineTests() => DiffEngine.DiffRunner.Disabled = true; // no diff tool opens for failures made on purpose

    public TestedPipelineTests() => File.Copy(Repository.Pipeline("ippo-climbing"), folder[Name + ".yaml"]);

    private TestedPipeline Pipeline => TestedPipeline.Of(folder[Name + ".yaml"]) with { Overrides = new() { StopSteps = 1_600, EvaluationEpisodes = 4 } };

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("graph")]
    [InlineData("trace")]
    public async Task A_document_that_was_never_approved_says_how_to_approve_it(string kind)
    {
        var missing = await Assert.ThrowsAsync<SnapshotException>(() => Verify(kind));
        Assert.Contains($"mv \"{folder[$"{Name}.{kind}.received.txt"]}\" \"{folder[$"{Name}.{kind}.verified.txt"]}\"\n", missing.Message);

        File.Move(folder[$"{Name}.{kind}.received.txt"], folder[$"{Name}.{kind}.verified.txt"]);
        await Verify(kind);
    }

    [Theory]
    [InlineData("graph", "First difference in line ")]
    [InlineData("trace", "The first difference on each edge (- approved, + received):\n")]
    public async Task A_change_of_the_pipeline_is_shown(string kind, string words)
    {
        await Assert.ThrowsAsync<SnapshotException>(() => Verify(kind));
        File.Move(folder[$"{Name}.{kind}.received.txt"], folder[$"{Name}.{kind}.verified.txt"]);
        Edit("entropy: 0.2", "entropy: 0.3");
        Edit("rollout: 25", "rollout: 20");

        Assert.Contains(words, (await Assert.ThrowsAsync<SnapshotException>(() => Verify(kind))).Message);
    }

    [Fact]
    public async Task A_file_that_does_not_check_is_told_line_by_line()
    {
        Edit("world.steps", "world.step");

        Assert.Contains("climbing.yaml(20,20): error MARL1203: ", (await Assert.ThrowsAsync<PipelineException>(() => Pipeline.VerifyGraph())).Message);
        Assert.Contains("error MARL1203: ", (await Assert.ThrowsAsync<PipelineException>(() => Pipeline.VerifyTrace())).Message);
        Assert.Contains("error MARL1203: ", Assert.Throws<PipelineException>(() => Pipeline.VerifySchedules()).Message);
    }

    [Fact]
    public void Schedules_and_faults_make_no_difference_to_a_determinate_pipeline()
    {
        File.WriteAllText(folder["plan.yaml"], "faults:\n  - kind: drop\n    edge: \"*\"\n    probability: 0.05\n");

        Assert.Equal(2, Pipeline.VerifySchedules(seeds: 2).Seeds);
        Assert.True(Pipeline.VerifyFaults(folder["plan.yaml"], seeds: 2).Faults > 20);
    }

    [Fact]
    public void A_schedule_that_makes_a_difference_can_be_repeated_alone()
    {
        Edit("lag(updates=0)", "latest");
        var pipeline = Pipeline with { Overrides = new() { StopSteps = 8_000, EvaluationEpisodes = 4 } };

        var found = Assert.Throws<PipelineException>(() => pipeline.VerifySchedules());
        Assert.All(found.Findings, f => Assert.Equal(ExploreCodes.Differs, f.Code));
        var again = found.Message[found.Message.IndexOf("Repeat it with: VerifySchedules(seeds: 1, from: ", StringComparison.Ordinal)..].Split('\n')[0];
        var seed = long.Parse(again.Split(' ', ')')[^2], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(found.Findings, Assert.Throws<PipelineException>(() => pipeline.VerifySchedules(seeds: 1, from: seed)).Findings);
    }

    [Fact]
    public void A_stage_that_keeps_state_it_should_not_is_named()
    {
        Pipeline.VerifyContracts();
        var agent = BuiltInAgents.All.Single(a => a.Id == "agent/actor-critic");
        var forgetful = agent with { Id = "agent/forgetful", Create = (options, context) => new ForgetfulStage(agent.Create(options, context)) };
        Edit("agent/actor-critic", "agent/forgetful");

        var found = Assert.Throws<ContractException>(() => (Pipeline with { Catalog = BuiltIn.Catalog.With(forgetful) }).VerifyContracts());
        Assert.StartsWith($"The stage 'team/agent-0' of '{Pipeline.Path}' breaks its contract.", found.Message);
        Assert.Equal("save-load-continues", Assert.Single(found.Findings).Rule);
    }

    [Fact]
    public void An_operator_that_reads_a_global_generator_is_named()
    {
        var noise = new OperatorComponent
        {
            Id = "noise",
            Summary = "Adds noise to rewards.",
            Options = OptionsSchema.Of<NoOptions>(),
            Create = (_, _) => new NoiseOperator(),
        };
        Edit("world.steps", "world.steps |> noise()");

        var found = Assert.Throws<ContractException>(() => (Pipeline with { Catalog = BuiltIn.Catalog.With(noise) }).VerifyContracts());
        Assert.StartsWith($"The operator 'noise on world.steps → team.steps: world → team/agent-0' of '{Pipeline.Path}' breaks its contract.", found.Message);
        Assert.Equal("same-tokens-same-bits", Assert.Single(found.Findings).Rule);
    }

    [Fact]
    public void A_plan_that_can_t_be_read_is_told()
    {
        File.WriteAllText(folder["plan.yaml"], "faults:\n  - kind: melt\n");

        Assert.Contains("plan.yaml(2,11): error MARL", Assert.Throws<PipelineException>(() => Pipeline.VerifyFaults(folder["plan.yaml"])).Message);
    }

    [Fact]
    public void Documents_without_their_pipeline_are_orphans()
    {
        File.WriteAllText(folder["climbing.trace.verified.txt"], "");
        File.WriteAllText(folder["climbing.graph.received.txt"], "");
        File.WriteAllText(folder["SomeTests.Some_test.verified.txt"], "");
        TestedPipeline.VerifyNoOrphans(folder.Path);
        File.WriteAllText(folder["falling.trace.verified.txt"], "");

        Assert.Contains("\n  falling.trace.verified.txt\n", Assert.Throws<SnapshotException>(() => TestedPipeline.VerifyNoOrphans(folder.Path)).Message);
    }

    private Task Verify(string kind) => kind == "graph" ? Pipeline.VerifyGraph() : Pipeline.VerifyTrace(steps: 800);

    private void Edit(string from, string to)
    {
        var text = File.ReadAllText(Pipeline.Path);
        Assert.Contains(from, text);
        File.WriteAllText(Pipeline.Path, text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Does in the first copy what its count of firings says, and does not save the count.</summary>
    private sealed class ForgetfulStage(IStage stage) : IStage, IOutputs
    {
        private IOutputs? outputs;
        private int firings;

        public Needs Needs => stage.Needs;

        public void Start(IOutputs to) => stage.Start(Through(to));

        public void Fire(Firing firing, IOutputs to)
        {
            firings++;
            stage.Fire(firing, Through(to));
        }

        public void Save(StageSnapshot snapshot) => stage.Save(snapshot);

        public void Load(StageSnapshot snapshot) => stage.Load(snapshot);

        public void Dispose() => stage.Dispose();

        public bool IsRead(int port) => outputs!.IsRead(port);

        public void Send(int port, Message message)
        {
            message.WriteBlock()[0] = port == 0 ? firings % 2 : message.Block[0];
            outputs!.Send(port, message);
        }

        public void Send(int port, int peer, Message message) => outputs!.Send(port, peer, message);

        private IOutputs Through(IOutputs to)
        {
            outputs = to;
            return this;
        }
    }

    /// <summary>Adds noise to rewards, and takes it from where it should not.</summary>
    private sealed class NoiseOperator : IOperator
    {
        public void Push(Message message, Action<Message> next)
        {
            var noisy = Message.Create(message.Layout, message.Stamp);
            message.Block.CopyTo(noisy.WriteBlock());
            noisy.Write(StepMessages.Reward)[0] += Random.Shared.NextSingle();
            message.Release();
            next(noisy);
        }

        public void Start(Action<Message> next)
        {
        }

        public void End(Action<Message> next)
        {
        }

        public void Save(StageSnapshot snapshot)
        {
        }

        public void Load(StageSnapshot snapshot)
        {
        }
    }
}
#endif
