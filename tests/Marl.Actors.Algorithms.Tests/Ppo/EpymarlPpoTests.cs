using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Algorithms.Tests.Values;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Learning.Optimisers;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Tests.Ppo;

/// <summary>The learner does what EPyMARL's PPO does on the same batch, from the same weights: all weights after two updates of four passes. The reward standardisation is done by the batch, the rest by options.</summary>
public sealed class EpymarlPpoTests
{
    private static readonly string[] AgentTensors = ["fc1.weight", "fc1.bias", "rnn.weight_ih", "rnn.bias_ih", "rnn.weight_hh", "rnn.bias_hh", "fc2.weight", "fc2.bias"];

    private static readonly string[] CriticTensors = ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias", "fc3.weight", "fc3.bias"];

    [Theory]
    [InlineData("learner_ippo.json", false, Backend.Fused)]
    [InlineData("learner_ippo.json", false, Backend.Torch)]
    [InlineData("learner_mappo.json", true, Backend.Fused)]
    [InlineData("learner_mappo.json", true, Backend.Torch)]
    public void The_same_steps_are_taken(string name, bool seesState, Backend backend)
    {
        var reference = new EpymarlStep(name);
        var rollouts = new EpymarlRollouts(reference, seesState, memory: 8);
        var options = Options(reference, backend);
        var context = rollouts.Context(hidden: [8]);
        using var model = new PpoModel(options, context, [.. Enumerable.Range(0, context.Types.Peers("rollouts"))]);
        var adam = new Adam(model.Parameters.Length, options.AdamEpsilon);
        var update = new PpoUpdate(options, [new PpoShard(options, model, new RandomKey(1), 0)], adam);
        var critic = reference.Parameters(-1, "critic", CriticTensors);
        var agent = reference.Parameters(-1, "agent", AgentTensors);
        Assert.Equal(model.Parameters.Length, agent.Length + critic.Length);
        agent.CopyTo(model.Parameters.Change());
        critic.CopyTo(model.Parameters.Change()[^critic.Length..]);
        critic.CopyTo(model.Target!.Change());

        var spec = new NetworkSpec(rollouts.Last(0, 0).Length, [8, 8], 1, Activation.Relu);
        for (var step = 0; step < reference.Steps; step++)
        {
            using var target = Backend.Fused.Network(spec, model.Target!, 0, 1, ComputeDevice.Cpu);
            var batch = rollouts.Batch(model.Policy(0), (a, copy) => Say(target, rollouts.Last(a, copy)));
            update.Run([batch], step, reference.Steps, new PpoFigures());
            Close(reference.Parameters(step, "agent", AgentTensors), model.Policy(0));
            Close(reference.Parameters(step, "critic", CriticTensors), model.Parameters.Values[^critic.Length..]);
            Close(reference.Parameters(step, "target_critic", CriticTensors), model.Target!.Values);
        }
    }

    private static PpoOptions Options(EpymarlStep reference, Backend backend) => new(
        Epochs: (int)reference.Setting("epochs"),
        Minibatches: 1,
        LearningRate: reference.Setting("lr"),
        LearningRateSchedule: LearningRateSchedule.Constant,
        Gamma: reference.Setting("gamma"),
        ReturnSteps: (int)reference.Setting("q_nstep"),
        TargetRate: reference.Setting("target_update_interval_or_tau"),
        JudgeEachEpoch: true,
        Clip: reference.Setting("eps_clip"),
        Entropy: reference.Setting("entropy_coef"),
        ValueWeight: 2, // ours is half the square
        MaxGradientNorm: reference.Setting("grad_norm_clip"),
        Hidden: [8, 8],
        NormaliseAdvantages: false,
        ValueNormalisation: ValueNormalisation.None,
        AdamEpsilon: 1e-8, // EPyMARL makes its Adam without 'optim_eps'
        Backend: backend);

    private static double Say(ITrainableNetwork network, float[] seen)
    {
        seen.CopyTo(network.Inputs);
        return network.Forward(1)[0];
    }

    private static void Close(float[] expected, ReadOnlySpan<float> actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i], expected[i] - 1e-6f, expected[i] + 1e-6f);
        }
    }
}
