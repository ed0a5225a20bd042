using Marl.Actors.Algorithms.Batches;
using Marl.Actors.Algorithms.Values;
using Marl.Actors.Core.Messages;
using Marl.Actors.Experience.Moments;
using Marl.Actors.Learning.Mixers;
using Marl.Actors.Learning.Networks;

namespace Marl.Actors.Algorithms.Tests.Values;

/// <summary>The learner does what EPyMARL's does on the same batch, from the same weights: loss, error, gradient and all weights after two updates.</summary>
public class EpymarlLearnerTests
{
    private static readonly string[] Agent = ["fc1.weight", "fc1.bias", "rnn.weight", "rnn.bias", "fc2.weight", "fc2.bias"];

    private static readonly string[] RecurrentAgent = ["fc1.weight", "fc1.bias", "rnn.weight_ih", "rnn.bias_ih", "rnn.weight_hh", "rnn.bias_hh", "fc2.weight", "fc2.bias"];

    private static readonly string[] Mixer =
    [
        "hyper_w_1.0.weight", "hyper_w_1.0.bias", "hyper_w_1.2.weight", "hyper_w_1.2.bias",
        "hyper_w_final.0.weight", "hyper_w_final.0.bias", "hyper_w_final.2.weight", "hyper_w_final.2.bias",
        "hyper_b_1.weight", "hyper_b_1.bias", "V.0.weight", "V.0.bias", "V.2.weight", "V.2.bias",
    ];

    [Theory]
    [InlineData(Backend.Fused)]
    [InlineData(Backend.Torch)]
    public void Vdn_takes_the_same_steps(Backend backend)
    {
        var reference = new EpymarlStep("learner_vdn.json");
        Takes(reference, new SumMixer(reference.Agents), backend, [], []);
    }

    [Theory]
    [InlineData(Backend.Fused)]
    [InlineData(Backend.Torch)]
    public void Qmix_takes_the_same_steps(Backend backend)
    {
        var reference = new EpymarlStep("learner_qmix.json");
        Takes(reference, new MonotonicMixer(reference.Agents, reference.StateWidth, Embedding: 4, Hidden: [8]), backend, Mixer, Mixer);
    }

    [Theory]
    [InlineData(Backend.Fused)]
    [InlineData(Backend.Torch)]
    public void Qmix_with_recurrent_agents_takes_the_same_steps(Backend backend)
    {
        var reference = new EpymarlStep("learner_qmix_use_rnnTrue_standardise_rewardsFalse.json");
        Takes(reference, new MonotonicMixer(reference.Agents, reference.StateWidth, Embedding: 4, Hidden: [8]), backend, Mixer, Mixer, isRecurrent: true);
    }

    private static void Takes(EpymarlStep reference, MixerSpec mixer, Backend backend, string[] online, string[] target, bool isRecurrent = false)
    {
        var tensors = isRecurrent ? RecurrentAgent : Agent;
        var options = new ValueLearnerOptions(
            LearningRate: reference.Setting("lr"),
            Gamma: reference.Setting("gamma"),
            MaxGradientNorm: reference.Setting("grad_norm_clip"),
            AdamEpsilon: 1e-8, // EPyMARL makes its Adam without 'optim_eps'
            Backend: backend);
        var context = isRecurrent ? reference.Context(hidden: [8], memory: 8) : reference.Context(hidden: [8, 8]);
        using var model = new ValueModel(options, new(mixer), context);
        var update = new ValueUpdate(options, new(mixer), model);
        float[] first = [.. reference.Parameters(-1, "agent", tensors), .. reference.Parameters(-1, "mixer", online)];
        first.CopyTo(model.Online.Change());
        first.CopyTo(model.Target.Change());

        var rewards = isRecurrent ? null : new RunningMoments(1, sampleVariance: true); // that configuration leaves rewards as they are
        for (var step = 0; step < reference.Steps; step++)
        {
            var figures = new BatchFigures(ValueFigures.Layout);
            update.Run(reference.Batch(context.Types.Input("batches"), rewards), figures, null);
            var written = new float[ValueFigures.Layout.Length];
            figures.Count();
            figures.Write(written);
            Close(reference.Statistic(step, "loss"), written[ValueFigures.Loss]);
            Close(reference.Statistic(step, "td_error_abs"), written[ValueFigures.Error]);
            Close(reference.Statistic(step, "grad_norm"), written[ValueFigures.Norm]);
            float[] expected = [.. reference.Parameters(step, "agent", tensors), .. reference.Parameters(step, "mixer", online)];
            for (var i = 0; i < expected.Length; i++)
            {
                Close(expected[i], model.Online.Values[i]);
            }
        }

        Assert.Equal(target.Length > 0 ? reference.Parameters(1, "target_mixer", target) : [], model.Target.Values[^mixer.Parameters..].ToArray());
    }

    private static void Close(double expected, double actual) => Assert.InRange(actual, expected - 1e-4, expected + 1e-4);
}
