using Marl.Actors.Catalogs;
using Marl.Actors.Core.Messages;
using Marl.Actors.Experiments;
using Marl.Actors.Inboxes;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Runtime.Inboxes;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Inboxes;

/// <summary>Stages of shipped pipelines, alone with their recorded inboxes.</summary>
public sealed class ReplayTests
{
    private const string Coordination = "ippo-coordination";

    [Theory]
    [InlineData(Coordination, 1_600, Interpreter.Local, 5L)]
    [InlineData(Coordination, 1_600, Interpreter.Simulated, 6L)]
    [InlineData("mappo-spread", 6_400, Interpreter.Local, null)]
    public async Task Learner_agents_and_worlds_replay_to_the_bit_and_recording_changes_nothing(string pipeline, long steps, Interpreter interpreter, long? schedule)
    {
        MessagePool.PoisonReleased = true; // a stage that reads what it has given back sees NaN
        using var folder = new TemporaryFolder();
        var request = Request(pipeline, steps, folder["plain"]);
        var plain = (await Experiment.RunAsync(request)).Value;
        var recorded = (await Experiment.RunAsync(request with
        {
            Out = folder["recorded"],
            Recorded = ["world", "team/agent-1", "learner", "evaluation/team"],
            Interpretation = new(interpreter, schedule),
        })).Value;

        Assert.Equal(plain.Summary.WeightsSha256, recorded.Summary.WeightsSha256);
        Assert.Equal(plain.Summary.Evaluation?.Mean, recorded.Summary.Evaluation?.Mean);
        Assert.Empty(plain.Inboxes);
        Assert.All(recorded.Inboxes, path => Assert.True(File.Exists(path)));
        var reports = Replays.Run(new() { Path = folder["recorded"] });
        Assert.Empty(reports.Diagnostics);
        Assert.Equal(["world", "team/agent-1", "learner"], reports.Value.Select(r => r.Header.Cell).Where(c => !c.StartsWith("evaluation", StringComparison.Ordinal)));
        Assert.Contains(reports.Value, r => r.Header.Cell == "evaluation/team/agent-0");
        Assert.All(reports.Value, report =>
        {
            Assert.True(report is { IsIdentical: true, Firings: > 0, EndsWithin: false }, $"{report.Header.Cell}: {report.Difference}");
            Assert.Contains(report.Ports, p => p.Count > 0);
        });
    }

    [Fact]
    public async Task A_resumed_run_is_recorded_from_its_checkpoint_on()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var part = await Experiment.RunAsync(Request(Coordination, 40_000, folder["run"]) with
        {
            Recorded = ["learner"],
            Progress = p => (p.EnvironmentSteps >= 1_600 ? stop : null)?.Cancel(),
            Stop = stop.Token,
        });
        Assert.Equal(RunEnding.Stopped, part.Value.Ending);
        var stopped = part.Value.Summary.EnvironmentSteps;
        var rest = await Experiment.ResumeAsync(new() { Path = folder["run"], Recorded = ["learner", "team", "world"], Overrides = new() { StopSteps = stopped + 1_600 } });
        Assert.Empty(rest.Diagnostics);

        var reports = Replays.Run(new() { Path = folder["run"] });
        Assert.Empty(reports.Diagnostics);
        Assert.All(reports.Value, r => Assert.True(r.IsIdentical, $"{r.Header}: {r.Difference}"));
        Assert.Equal([0, stopped], reports.Value.Where(r => r.Header.Cell == "learner").Select(r => r.Header.From));
        Assert.Equal([40_000, stopped + 1_600], reports.Value.Where(r => r.Header.Cell == "learner").Select(r => r.Header.StopSteps)); // each knows its own stop
        Assert.Equal(3, reports.Value.Count(r => r.Header.Cell != "learner" && r.Header.From == stopped));
    }

    [Fact]
    public async Task A_stage_whose_code_has_changed_is_named_with_its_first_other_message()
    {
        using var folder = new TemporaryFolder();
        await Experiment.RunAsync(Request(Coordination, 3_200, folder["run"]) with { Recorded = ["learner"] });
        var honest = BuiltIn.Catalog.Components["algorithm/ippo"];
        var forgetful = honest with { Create = (options, context) => new ForgetfulLearner(honest.Create(options, context), atUpdate: 3) };
        var catalog = new ComponentCatalog([.. BuiltIn.Catalog.Components.Values.Where(c => c != honest), forgetful], BuiltIn.Catalog.Operators.Values);

        var report = Assert.Single(Replays.Run(new() { Path = folder["run"], Catalog = catalog, Stage = "learner" }).Value);

        Assert.Equal((4, "weights", new Stamp(3)), (report.Difference!.Firing, report.Difference.Port, report.Difference.Stamp));
        Assert.StartsWith("to team/agent-0, ", report.Difference.What);
        Assert.Contains(" numbers differ, most of all parameters[", report.Difference.What);
        Assert.True(report.Differing >= 2); // what it has forgotten stays forgotten
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        var unknown = await Experiment.RunAsync(Request(Coordination, 1_600, folder["run"]) with { Recorded = ["lerner"] });
        Assert.Equal((InboxCodes.NoSuchStage, "Did you mean 'learner'?"), (Assert.Single(unknown.Diagnostics).Code, unknown.Diagnostics[0].Remedy));
        Assert.False(Directory.Exists(folder["run"]));

        await Experiment.RunAsync(Request(Coordination, 1_600, folder["run"]) with { Recorded = ["learner", "team"] });
        var learner = Path.Combine(folder["run"], "inboxes", "learner.inbox");
        Assert.True(Assert.Single(Replays.Run(new() { Path = learner, Stage = "learner" }).Value).IsIdentical);
        Assert.Equal(InboxCodes.NotRecorded, Code(new() { Path = learner, Stage = "team" }));
        Assert.Equal(InboxCodes.NotRecorded, Code(new() { Path = folder["run"], Stage = "world" }));
        Assert.Equal(InboxCodes.Several, Code(new() { Path = folder["run"], IsTraced = true }));
        Assert.Equal(InboxCodes.Damaged, Code(new() { Path = Path.Combine(folder["run"], "run.json") }));
        Assert.Equal("MARL3410", Code(new() { Path = Path.Combine(folder["run"], "inboxes", "world.inbox") }));
        File.Copy(learner, folder["elsewhere.inbox"]);
        Assert.Equal(InboxCodes.NoRun, Code(new() { Path = folder["elsewhere.inbox"] }));

        var pipeline = Path.Combine(folder["run"], "pipeline.yaml");
        var text = File.ReadAllText(pipeline);
        File.WriteAllText(pipeline, "# a remark changes nothing\n" + text);
        Assert.True(Assert.Single(Replays.Run(new() { Path = learner }).Value).IsIdentical);
        File.WriteAllText(pipeline, text.Replace("epochs: 4", "epochs: 5", StringComparison.Ordinal));
        var other = Assert.Single(Replays.Run(new() { Path = learner }).Diagnostics);
        Assert.Equal(InboxCodes.OtherStage, other.Code);
        Assert.Contains("'epochs: 4' there and 'epochs: 5' here", other.Sentence);
    }

    private static string Code(ReplayRequest request) => Assert.Single(Replays.Run(request).Diagnostics).Code;

    private static ExperimentRequest Request(string pipeline, long steps, string folder) => new()
    {
        Path = Repository.Pipeline(pipeline),
        Out = folder,
        Overrides = new() { StopSteps = steps, EvaluationEpisodes = 4 },
    };
}
