using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Learning;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Learning.Optimisers;
using TorchSharp;

namespace Marl.Actors.Algorithms.Tests.Ppo;

public sealed class PpoLearnerTests
{
    private static readonly PpoOptions Options = new(
        Epochs: 4, Minibatches: 2, LearningRate: 5e-3, LearningRateSchedule: LearningRateSchedule.Constant, Gamma: 0.9, Hidden: [16]);

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, null)]
    [InlineData(true, StateView.Joint)]
    [InlineData(false, StateView.Joint)]
    [InlineData(true, StateView.PerAgent)]
    public void Agents_learn_to_name_the_sign_whose_optimum_is_1(bool shared, StateView? view)
    {
        using var bench = new LearnerBench(Options, shared: shared, view: view);
        bench.Start();
        var first = bench.Cycle();
        for (var i = 0; i < 60; i++)
        {
            bench.Cycle();
        }

        var last = Enumerable.Range(0, 5).Average(_ => bench.Cycle());
        Assert.InRange(first, 0.15, 0.55);
        Assert.InRange(last, 0.95, 1);
    }

    [Theory]
    [InlineData(RewardShare.TeamMean)]
    [InlineData(RewardShare.TeamSum)]
    public void A_team_learns_from_a_shared_reward(RewardShare reward)
    {
        using var bench = new LearnerBench(Options with { Reward = reward }, view: StateView.Joint, copies: 32);
        bench.Start();
        for (var i = 0; i < 60; i++)
        {
            bench.Cycle();
        }

        Assert.InRange(bench.Cycle(), 0.9, 1);
    }

    [Fact]
    public void A_masked_agent_learns_and_never_makes_the_loss_infinite()
    {
        using var bench = new LearnerBench(Options, hasMask: true);
        bench.Start();
        for (var i = 0; i < 40; i++)
        {
            bench.Cycle();
        }

        Assert.InRange(bench.Cycle(), 0.95, 1);
        Assert.All(bench.Metrics.Block.ToArray(), m => Assert.True(float.IsFinite(m)));
    }

    [Theory]
    [InlineData(Backend.Fused)]
    [InlineData(Backend.Torch)]
    public void The_same_rollouts_give_the_same_bits_twice(Backend backend)
    {
        var options = Options with { Backend = backend };
        Assert.Equal(Run(options, 5, replaceAfter: -1), Run(options, 5, replaceAfter: -1));
    }

    [Theory]
    [InlineData(Backend.Fused, ValueNormalisation.Exponential)]
    [InlineData(Backend.Fused, ValueNormalisation.Running)]
    [InlineData(Backend.Fused, ValueNormalisation.None)]
    [InlineData(Backend.Torch, ValueNormalisation.Exponential)]
    public void A_loaded_learner_goes_on_bit_for_bit(Backend backend, ValueNormalisation normalisation)
    {
        var options = Options with { Backend = backend, ValueNormalisation = normalisation, ValueClip = 0.5 };
        Assert.Equal(Run(options, 6, replaceAfter: -1), Run(options, 6, replaceAfter: 2));
    }

    [Theory]
    [InlineData(1, 0.05)]
    [InlineData(3, 1)]
    public void A_learner_with_a_target_critic_learns_and_goes_on_bit_for_bit(int period, double rate)
    {
        var options = Options with { TargetPeriod = period, TargetRate = rate, ReturnSteps = 3, JudgeEachEpoch = true };
        Assert.Equal(Run(options, 6, replaceAfter: -1), Run(options, 6, replaceAfter: 2));
        using var bench = new LearnerBench(options);
        bench.Start();
        for (var i = 0; i < 60; i++)
        {
            bench.Cycle();
        }

        Assert.InRange(bench.Cycle(), 0.9, 1);
    }

    [Theory]
    [InlineData(0, 0.2, 0.5)]
    [InlineData(8, 0.9, 1)]
    public void Only_agents_with_a_memory_name_what_they_saw_before(int memory, double least, double most)
    {
        using var bench = new LearnerBench(Options with { Gamma = 0 }, copies: 32, memory: memory, isDelayed: true);
        bench.Start();
        for (var i = 0; i < 100; i++)
        {
            bench.Cycle();
        }

        Assert.InRange(bench.Cycle(), least, most);
    }

    [Fact]
    public void Torch_and_the_kernel_learn_the_same()
    {
        var fused = Run(Options with { Backend = Backend.Fused }, 3, replaceAfter: -1);
        var torch = Run(Options with { Backend = Backend.Torch }, 3, replaceAfter: -1);
        for (var i = 0; i < fused.Length; i++)
        {
            Assert.Equal(torch[i], fused[i], 1e-3);
        }
    }

    [Fact]
    public void Another_seed_gives_other_weights()
    {
        using var a = new LearnerBench(Options, seed: 1);
        using var b = new LearnerBench(Options, seed: 2);
        a.Start();
        b.Start();
        Assert.NotEqual(a.Weights[0].Block.ToArray(), b.Weights[0].Block.ToArray());
    }

    [Fact]
    public void A_shared_policy_is_one_message_and_versions_count_updates()
    {
        using var bench = new LearnerBench(Options);
        bench.Start();
        Assert.Equal(new Stamp(0), bench.Weights[0].Stamp);
        Assert.Same(bench.Weights[0], bench.Weights[1]);
        bench.Cycle();
        Assert.Equal(new Stamp(1), bench.Weights[1].Stamp);
        Assert.Equal(new Stamp(0), bench.Metrics.Stamp);
    }

    [Fact]
    public void Policies_of_their_own_differ_from_the_beginning()
    {
        using var bench = new LearnerBench(Options, shared: false);
        bench.Start();
        Assert.NotEqual(bench.Weights[0].Block.ToArray(), bench.Weights[1].Block.ToArray());
    }

    [Fact]
    public void The_first_firing_takes_one_state_token_more()
    {
        using var bench = new LearnerBench(Options, view: StateView.Joint);
        bench.Start();
        Assert.Equal((1, 5), (bench.Learner.Needs[PpoComponents.Rollouts], bench.Learner.Needs[PpoComponents.State]));
        bench.Cycle();
        Assert.Equal((1, 4), (bench.Learner.Needs[PpoComponents.Rollouts], bench.Learner.Needs[PpoComponents.State]));
    }

    [Fact]
    public void More_minibatches_than_steps_are_one_a_step()
    {
        using var bench = new LearnerBench(Options with { Minibatches = 1000 }, copies: 2);
        bench.Start();
        bench.Cycle();
        Assert.All(bench.Metrics.Block.ToArray(), m => Assert.True(float.IsFinite(m)));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_reward_that_is_not_finite_stops_learning_with_a_sentence(float reward)
    {
        using var bench = new LearnerBench(Options);
        bench.Start();
        bench.Cycle();
        var exception = Assert.Throws<LearningDivergedException>(() => bench.Cycle((agent, step, r) => agent == 1 && step == 3 ? reward : r));
        Assert.Contains("update 1", exception.Message);
        Assert.Contains("learningRate", exception.Message);
    }

    [Fact]
    public void The_learning_rate_falls_in_a_straight_line_over_the_run()
    {
        using var bench = new LearnerBench(Options with { LearningRateSchedule = LearningRateSchedule.Linear }, updates: 4);
        bench.Start();
        var rates = Enumerable.Range(0, 4).Select(_ =>
        {
            bench.Cycle();
            return bench.Metrics[PpoFigures.Layout.Fields.ToList().FindIndex(f => f.Name == "learning-rate")][0];
        }).ToArray();
        Assert.Equal([5e-3f, 3.75e-3f, 2.5e-3f, 1.25e-3f], rates);
    }

    [Fact]
    public void Tensors_do_not_pile_up()
    {
        using var bench = new LearnerBench(Options with { Backend = Backend.Torch }, view: StateView.Joint);
        bench.Start();
        bench.Cycle();
        var before = torch.Tensor.TotalCount;
        for (var i = 0; i < 10; i++)
        {
            bench.Cycle();
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void A_missing_device_is_refused_with_a_remedy()
    {
        var context = LearnerBench.Context(1, 4, shared: true, view: null, hasMask: false, seed: 1);
        var options = Options with { Backend = Backend.Torch, Device = ComputeDevice.Cuda };
        if (Marl.Actors.Learning.Native.Torch.EnsureLoaded().IsSuccess && torch.cuda_is_available())
        {
            return; // it is there
        }

        var refusal = Assert.Throws<StageException>(() => PpoComponents.Ppo.Create(options, context));
        Assert.Equal("MARL3304", refusal.Code);
    }

    private static float[] Run(PpoOptions options, int cycles, int replaceAfter)
    {
        using var bench = new LearnerBench(options, view: StateView.Joint);
        bench.Start();
        for (var i = 0; i < cycles; i++)
        {
            bench.Cycle();
            if (i == replaceAfter)
            {
                bench.Replace(options);
            }
        }

        return bench.Weights[0][WeightsMessages.Parameters].ToArray();
    }
}
