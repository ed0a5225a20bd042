using System.Globalization;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Campaigns.Sweeps;
using Marl.Actors.Pipelines.Formatting;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Tests.Broken.Binding;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Campaigns.Sweeps;

/// <summary>Which runs a sweep stands for.</summary>
public sealed class SweepTests : IDisposable
{
    private readonly SweepFiles files = new();

    [Fact]
    public void A_grid_is_every_combination_the_first_parameter_slowest()
    {
        var sweep = Sound(files.Load());

        Assert.Equal(["agents", "clip"], sweep.Parameters);
        Assert.Equal(["2 0.1", "2 0.2", "2 0.3", "3 0.1", "3 0.2", "3 0.3"], sweep.Settings.Select(s => string.Join(' ', s.Values)));
        Assert.Equal(("clips", "toy", null), (sweep.Name, sweep.Pipeline, sweep.StopSteps));
    }

    [Fact]
    public void Every_setting_is_run_before_any_gets_its_second_seed()
    {
        var trials = Sound(files.Load()).Trials.Select(t => t.Name).ToList();

        Assert.Equal(18, trials.Count);
        Assert.Equal(["setting-001/seed-1", "setting-002/seed-1"], trials.Take(2));
        Assert.Equal(["setting-006/seed-1", "setting-001/seed-2"], trials.Skip(5).Take(2));
    }

    [Fact]
    public void Without_seeds_it_is_the_pipeline_s_own() => Assert.Equal([5L], Sound(files.Sweeping("grid: { agents: [2, 3] }").Load()).Seeds);

    [Fact]
    public void The_command_line_may_say_steps_one_seed_and_parameters_that_are_not_swept()
    {
        var sweep = Sound(files.Load(new() { Seed = 9, StopSteps = 600, Parameters = [("mood", "very-bold")] }));
        Assert.Equal([9L], sweep.Seeds);
        Assert.Equal(600, sweep.StopSteps);
        Assert.Equal([("mood", "very-bold")], sweep.Fixed);
    }

    [Fact]
    public void Draws_lie_where_their_distributions_say()
    {
        var sweep = Sound(files.Sweeping("sample:\n  trials: 300\n  clip: { log-uniform: 1e-4..1.0 }\n  high: { uniform: 1.0..3.0 }\n  agents: { uniform: 2..5 }\n  mood: { choice: [calm, very-bold] }").Load());

        Assert.Equal(300, sweep.Settings.Count);
        var clips = Numbers(sweep, 0);
        Assert.All(clips, clip => Assert.InRange(clip, 1e-4, 1.0));
        Assert.InRange(clips.Count(clip => clip < 1e-2), 120, 180); // half of the decades, half of the draws
        Assert.All(Numbers(sweep, 1), high => Assert.InRange(high, 1.0, 3.0));
        Assert.InRange(Numbers(sweep, 1).Average(), 1.9, 2.1);
        Assert.Equal([2.0, 3.0, 4.0, 5.0], Numbers(sweep, 2).Distinct().Order());
        Assert.Equal(["calm", "very-bold"], sweep.Settings.Select(s => s.Values[3]).Distinct().Order());
        Assert.All(sweep.Settings, s => Assert.InRange(s.Values[0].Length, 1, 11));
    }

    [Fact]
    public void The_same_file_gives_the_same_draws_and_more_of_them_or_another_parameter_change_none()
    {
        Values<SweepSetting> Settings(string sections) => Sound(files.Sweeping(sections).Load()).Settings;

        var ten = Settings("sample:\n  trials: 10\n  clip: { uniform: 0.1..0.9 }");

        Assert.Equal(ten, Settings("sample:\n  trials: 10\n  clip: { uniform: 0.1..0.9 }"));
        Assert.Equal(ten, Settings("sample:\n  trials: 20\n  clip: { uniform: 0.1..0.9 }").Take(10));
        Assert.Equal(ten.Select(s => s.Values[0]), Settings("sample:\n  trials: 10\n  agents: { uniform: 2..4 }\n  clip: { uniform: 0.1..0.9 }").Select(s => s.Values[1]));
        Assert.NotEqual(ten, Settings("sample:\n  trials: 10\n  seed: 2\n  clip: { uniform: 0.1..0.9 }"));
    }

    [Fact]
    public void A_grid_meets_the_same_draws_at_each_of_its_points()
    {
        var sweep = Sound(files.Sweeping("grid:\n  agents: [2, 3]\nsample:\n  trials: 4\n  clip: { uniform: 0.1..0.9 }").Load());
        Assert.Equal(sweep.Settings.Take(4).Select(s => s.Values[1]), sweep.Settings.Skip(4).Select(s => s.Values[1]));
    }

    [Fact]
    public void What_is_drawn_twice_is_run_once() =>
        Assert.Equal(["2", "3"], Sound(files.Sweeping("sample:\n  trials: 50\n  agents: { uniform: 2..3 }").Load()).Settings.Select(s => s.Values[0]).Order());

    [Fact]
    public void A_sweep_is_a_kind_of_file()
    {
        Assert.Equal(new(FileKind.Sweep, "6 settings, 3 seeds, 18 runs of toy"), FileCheck.Run(files[SweepFiles.Sweep], TestCatalog.Catalog).Value);
    }

    [Fact]
    public void Its_layout_has_a_line_for_each_parameter() => Assert.Equal(
        """
        sweep: clips
        of: ../toy.yaml
        seeds: 1..3
        steps: 600

        grid:
          agents: [2, 3]

        sample:
          trials: 4
          seed: 7
          clip: { uniform: 0.1..0.9 }  # not more

        """,
        PipelineFormatter.Format("grid: {agents: [2,3]}\nsample:\n  clip: {uniform: 0.1..0.9}  # not more\n  seed: 7\n  trials: 4\nsteps: 600\nof: ../toy.yaml\nseeds: 1..3\nsweep: clips\n", "s.yaml").Value);

    public void Dispose() => files.Dispose();

    private static double[] Numbers(Sweep sweep, int axis) => [.. sweep.Settings.Select(s => double.Parse(s.Values[axis], CultureInfo.InvariantCulture))];

    private static Sweep Sound(Result<Sweep> result)
    {
        Assert.True(result.IsSuccess, string.Join("\n", result.Diagnostics));
        return result.Value;
    }
}
