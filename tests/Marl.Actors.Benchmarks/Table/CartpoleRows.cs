using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Benchmarks.Table;

/// <summary>PPO on CartPole with CleanRL's settings, in steps of one core's second: 4 copies, 128 steps, 4 epochs of 4 minibatches, tanh 64×64.</summary>
internal static class CartpoleRows
{
    private const double StableBaselines = 12_600;
    private const double CleanRl = 9_300;

    private static readonly NetworkSpec Policy = new(4, [64, 64], 2, Activation.Tanh);
    private static readonly NetworkSpec Critic = new(4, [64, 64], 1, Activation.Tanh);

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Scale scale)
    {
        var rate = Floor.Rate(1, scale);
        var whole = new List<double>();
        var steady = await scale.OftenAsync(async i =>
        {
            var report = await Probe.AskAsync(new(PipelineFiles.Own("cleanrl-cartpole.yaml"), scale.Steps(1_000_000, 2_048), Seed: 1 + i));
            whole.Add(report.Steps / report.Processor);
            return report.SteadySteps / report.SteadyProcessor;
        });
        return
        [
            Row.AtLeast(
                "PPO on CartPole, CleanRL's settings", steady.Median, 10 * StableBaselines, steady.Show("#,0"), " steps/CPU-s",
                $"second half of a million steps, both threads' time; with start and compilation {Machines.Spread.Of(whole).Median:#,0}; {steady.Median / CleanRl:0} times CleanRL as recorded; {Floor.Words(Floor.Ppo(Policy, Critic, 4), rate, steady.Median)}"),
        ];
    }
}
