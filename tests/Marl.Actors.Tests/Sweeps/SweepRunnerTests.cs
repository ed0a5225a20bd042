using Marl.Actors.Core.Results;
using Marl.Actors.Experiments;
using Marl.Actors.Sweeps;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Sweeps;

/// <summary>Campaigns: all runs, whatever becomes of some, and none twice.</summary>
public sealed class SweepRunnerTests(SweepRunnerTests.Campaign campaign) : IClassFixture<SweepRunnerTests.Campaign>, IDisposable
{
    private const string Pipeline = """
        pipeline: tiny-penalty
        summary: The penalty game in a few updates.

        parameters:
          penalty: { type: float, default: -10 }
          clip: { type: float, default: 0.2, range: 0.0..1.0 }

        stages:
          world:
            uses: environment/penalty
            copies: 8
            with: { maxSteps: 5, k: $penalty }
            in:
              actions: team.actions |> by-step

          team:
            uses: agent/actor-critic
            each: world.agents
            with: { hidden: [8], sharePolicy: false, rollout: 10 }
            in:
              steps: world.steps
              weights: learner.weights |> lag(updates=0)

          learner:
            uses: algorithm/ippo
            with: { epochs: 2, minibatches: 1, clip: $clip, hidden: [8] }
            in:
              rollouts: team.rollouts |> by-step

        stop: { steps: 1_600 }
        evaluate: { every: 400, episodes: 8, convention: per-agent }
        checkpoint: { every: 80 }
        """;

    private readonly TemporaryFolder folder = Folder("grid:\n  penalty: [-10, 0]");

    [Fact]
    public async Task Every_run_is_the_run_that_its_parameters_and_seed_would_be_alone()
    {
        Assert.Equal(["setting-001/seed-1", "setting-002/seed-1", "setting-001/seed-2", "setting-002/seed-2"], campaign.Whole.Outcomes.Select(o => o.Trial.Name));
        Assert.True(campaign.Whole.IsComplete);
        var last = campaign.Whole.Outcomes[3];
        var alone = await Experiment.RunAsync(new()
        {
            Path = folder["tiny-penalty.yaml"], Out = folder["alone"], Overrides = new() { Parameters = [("penalty", "0")], Seed = 2 },
        });
        Assert.Equal(alone.Value.Summary.WeightsSha256, last.Summary?.WeightsSha256);
        Assert.Equal(alone.Value.Summary.Evaluation, last.Summary?.Evaluation);
        Assert.Equal(1_600, last.EvaluatedAt);
    }

    [Fact]
    public void The_tables_hold_a_row_for_each_run_and_each_setting_the_best_first()
    {
        var (report, rows) = (campaign.Whole, Rows(campaign.Folder, "sweep.csv"));
        Assert.Equal("penalty,setting,seed,state,environment_steps,evaluated_at,score,score_low95,score_high95,episodes,convention,minutes,weights_sha256", string.Join(',', rows[0]));
        Assert.Equal(["-10 1 completed", "0 1 completed", "-10 2 completed", "0 2 completed"], rows.Skip(1).Select(r => $"{r[0]} {r[2]} {r[3]}"));
        Assert.Equal(report.Outcomes.Select(o => o.Summary!.WeightsSha256), rows.Skip(1).Select(r => r[^1]));

        var scores = report.Scores;
        Assert.Equal(scores.Select(s => s.Returns.Mean).OrderDescending(), scores.Select(s => s.Returns.Mean));
        Assert.All(scores, s => Assert.Equal(2, s.Returns.Count));
        var means = report.Outcomes.Where(o => o.Trial.Setting == scores[0].Setting).Select(o => o.Score!.Value).ToArray();
        Assert.Equal((means[0] + means[1]) / 2, scores[0].Returns.Mean, 1e-9);
        Assert.Equal(scores.Select(s => s.Setting.Name), Rows(campaign.Folder, "settings.csv").Skip(1).Select(r => r[1]));
        Assert.True(new FileInfo(Path.Combine(campaign.Folder, "learning-curves.png")).Length > 1_000);
    }

    [Fact]
    public async Task A_run_that_fails_does_not_end_the_campaign()
    {
        Sweep(folder, "grid:\n  penalty: [-1e300, -10]", seeds: "1");

        var report = Done(await SweepRunner.RunAsync(Request()));

        Assert.Equal([TrialState.Failed, TrialState.Completed], report.Outcomes.Select(o => o.State));
        Assert.Equal(["-10", "-1e300"], report.Scores.Select(s => s.Setting.Values[0]));
        Assert.Equal((0, 1), (report.Scores[1].Returns.Count, report.Scores[1].Failed));
        Assert.All(report.Problems, p => Assert.Contains("setting-001", p.ToString()));
        Assert.Equal(["failed", "completed"], Rows(folder["sweep"], "sweep.csv").Skip(1).Select(r => r[3]));
    }

    [Fact]
    public async Task Stopped_and_resumed_it_comes_to_the_same_and_does_nothing_twice()
    {
        var whole = campaign.Whole;
        using var stop = new CancellationTokenSource();
        var begun = new List<string>();
        var half = Done(await SweepRunner.RunAsync(Request() with
        {
            Began = (_, trial, _) => begun.Add(trial.Name),
            Progress = progress => Cancel(stop, begun.Count == 2 && progress.EnvironmentSteps >= 400),
            Stop = stop.Token,
        }));
        File.Delete(folder["tiny-penalty.yaml"]);
        File.Delete(folder["s.yaml"]);
        var rest = Done(await SweepRunner.ResumeAsync(new() { Path = folder["sweep"], Began = (_, trial, _) => begun.Add(trial.Name) }));

        Assert.Equal([TrialState.Completed, TrialState.Stopped, TrialState.Waiting, TrialState.Waiting], half.Outcomes.Select(o => o.State));
        Assert.InRange(half.Outcomes[1].Summary!.EnvironmentSteps, 400, 1_520);
        Assert.Equal([.. whole.Outcomes.Take(2).Select(o => o.Trial.Name), .. whole.Outcomes.Skip(1).Select(o => o.Trial.Name)], begun);
        Assert.Equal(whole.Outcomes.Select(o => (o.Trial.Name, o.Summary?.WeightsSha256, o.Score)), rest.Outcomes.Select(o => (o.Trial.Name, o.Summary?.WeightsSha256, o.Score)));
        Assert.Equal(Timeless(campaign.Folder), Timeless(folder["sweep"]));
    }

    [Fact]
    public async Task What_a_killed_process_left_behind_is_gone_on_with_or_begun_anew()
    {
        var whole = campaign.Whole;
        Copy(campaign.Folder, folder["sweep"]);
        File.Delete(folder["sweep/setting-001/seed-1/summary.json"]); // killed after the last checkpoint
        Directory.Delete(folder["sweep/setting-002/seed-1/checkpoints"], recursive: true); // killed before the first
        File.Delete(folder["sweep/setting-002/seed-1/summary.json"]);
        Directory.Delete(folder["sweep/setting-001/seed-2"], recursive: true); // not begun
        File.Delete(folder["sweep/setting-002/seed-2/summary.json"]); // killed between two checkpoints
        foreach (var late in Directory.GetFiles(folder["sweep/setting-002/seed-2/checkpoints"]).Order(StringComparer.Ordinal).Skip(1))
        {
            File.Delete(late);
        }

        var begun = new List<string>();
        var rest = Done(await SweepRunner.ResumeAsync(new() { Path = folder["sweep"], Began = (_, trial, _) => begun.Add(trial.Name) }));

        Assert.Equal(4, begun.Count);
        Assert.True(rest.IsComplete);
        Assert.Equal(whole.Outcomes.Select(o => o.Summary?.WeightsSha256), rest.Outcomes.Select(o => o.Summary?.WeightsSha256));
    }

    [Fact]
    public async Task Nothing_runs_before_every_setting_compiles()
    {
        Sweep(folder, "grid:\n  clip: [0.1, 7.0]");
        var refused = await SweepRunner.RunAsync(Request());
        Assert.Equal("MARL1535", Assert.Single(refused.Diagnostics).Code);
        Assert.False(Directory.Exists(folder["sweep"]));
    }

    [Fact]
    public async Task A_folder_of_runs_is_not_taken_and_a_resume_changes_nothing()
    {
        Sweep(folder, "grid:\n  clip: [0.1]", seeds: "1");
        Done(await SweepRunner.RunAsync(Request()));

        Assert.Equal("MARL3601", Assert.Single((await SweepRunner.RunAsync(Request())).Diagnostics).Code);
        Assert.Equal("MARL3601", Assert.Single((await Experiment.RunAsync(new() { Path = folder["tiny-penalty.yaml"], Out = folder["sweep"] })).Diagnostics).Code);
        Assert.Equal("MARL1544", Assert.Single((await SweepRunner.ResumeAsync(new() { Path = folder["sweep"], Seeds = [3] })).Diagnostics).Code);
    }

    public void Dispose() => folder.Dispose();

    private static TemporaryFolder Folder(string sections)
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(folder["tiny-penalty.yaml"], Pipeline);
        Sweep(folder, sections);
        return folder;
    }

    private static void Sweep(TemporaryFolder folder, string sections, string seeds = "1..2") =>
        File.WriteAllText(folder["s.yaml"], $"sweep: penalties\nof: tiny-penalty.yaml\nseeds: {seeds}\n{sections}\n");

    private SweepRequest Request() => new() { Path = folder["s.yaml"], Out = folder["sweep"] };

    private static void Cancel(CancellationTokenSource stop, bool isTime)
    {
        if (isTime)
        {
            stop.Cancel();
        }
    }

    private static SweepReport Done(Result<SweepReport> result)
    {
        Assert.True(result.IsSuccess, string.Join('\n', result.Diagnostics));
        return result.Value;
    }

    private static string[][] Rows(string sweep, string name) => [.. File.ReadAllLines(Path.Combine(sweep, name)).Select(line => line.Split(','))];

    /// <summary>All of the table but the minutes.</summary>
    private static IEnumerable<string> Timeless(string sweep) => Rows(sweep, "sweep.csv").Select(r => string.Join(',', r.Where((_, column) => column != r.Length - 2)));

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>The campaign as nothing disturbs it, made once.</summary>
    public sealed class Campaign : IAsyncLifetime
    {
        private readonly TemporaryFolder folder = SweepRunnerTests.Folder("grid:\n  penalty: [-10, 0]");

        public string Folder => folder["sweep"];

        public SweepReport Whole { get; private set; } = null!;

        public async Task InitializeAsync() => Whole = Done(await SweepRunner.RunAsync(new() { Path = folder["s.yaml"], Out = Folder }));

        public Task DisposeAsync()
        {
            folder.Dispose();
            return Task.CompletedTask;
        }
    }
}
