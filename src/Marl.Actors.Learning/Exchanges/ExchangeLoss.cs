using TorchSharp;
using static TorchSharp.torch;
using static Marl.Actors.Learning.Native.Number;

namespace Marl.Actors.Learning.Exchanges;

/// <summary>
/// The clipped objective of PPO over all that an agent chose in a step together (its action, its words, whether it spoke and to
/// whom): L = Σ w (−min(r A, clip(r, 1 − ε, 1 + ε) A) − c H(action) − c′ H(messages)), r the ratio of all their probabilities.
/// Schulman et al., arXiv:1707.06347, equation 7.
/// </summary>
/// <param name="Clip">ε.</param>
/// <param name="EntropyWeight">c.</param>
/// <param name="MessageEntropyWeight">c′.</param>
public sealed record ExchangeLoss(double Clip, double EntropyWeight, double MessageEntropyWeight)
{
    /// <summary>The loss of a group, a scalar.</summary>
    /// <param name="outputs">What its policy says.</param>
    /// <param name="choices">What was chosen.</param>
    /// <param name="sums">Where figures are added.</param>
    public Tensor Of(ExchangeOutputs outputs, ExchangeChoices choices, ref ExchangeSums sums)
    {
        var action = Choice(outputs.Logits, choices.Mask, choices.Actions);
        var (logarithm, entropy) = (action.Logarithm, zeros_like(action.Entropy));
        for (var k = 0; k < outputs.Speech.Length; k++)
        {
            var mayChoose = choices.Spoke[k].ge(Constant(0)).to_type(ScalarType.Float32);
            var spoke = choices.Spoke[k].clamp_min(Constant(0));
            if (outputs.Gate is { } gates)
            {
                Add(Choice(gates[k], null, spoke.to_type(ScalarType.Int64)), mayChoose);
            }

            if (outputs.Address is { } addresses)
            {
                Add(Choice(addresses[k], choices.Others, choices.Address![k]), spoke);
            }

            if (choices.Words is { } words)
            {
                Add(Choice(outputs.Speech[k], null, words[k]), spoke);
            }
        }

        var difference = logarithm - choices.LogProbabilities;
        var ratio = difference.exp();
        var objective = minimum(ratio * choices.Advantages, ratio.clamp(Constant(1 - Clip), Constant(1 + Clip)) * choices.Advantages);
        sums.Add(difference, ratio, objective, action.Entropy, entropy, choices.Weights, Clip);
        var whole = objective.Plus(tensor((float)EntropyWeight) * action.Entropy).Plus(tensor((float)MessageEntropyWeight) * entropy);
        return -(whole * choices.Weights).sum();

        void Add((Tensor Logarithm, Tensor Entropy) choice, Tensor counts)
        {
            logarithm = logarithm.Plus(choice.Logarithm * counts);
            entropy = entropy.Plus(choice.Entropy * counts);
        }
    }

    /// <summary>ln p of what was chosen, and the entropy, [R, n] each.</summary>
    private static (Tensor Logarithm, Tensor Entropy) Choice(Tensor logits, Tensor? mask, Tensor chosen)
    {
        var all = (mask is null ? logits : logits.masked_fill(~mask, Constant(-1e30))).log_softmax(-1);
        return (all.gather(-1, chosen.unsqueeze(-1)).squeeze(-1), -(all.exp() * all.clamp_min(Constant(-1e4))).sum(-1));
    }
}

/// <summary>Sums over the rows of a minibatch, in the mean's weights.</summary>
public struct ExchangeSums
{
    /// <summary>Weight of all rows.</summary>
    public double Weight;

    /// <summary>The clipped objective.</summary>
    public double Objective;

    /// <summary>Entropy of the actions, nats.</summary>
    public double Entropy;

    /// <summary>Entropy of all that is chosen about messages, nats.</summary>
    public double MessageEntropy;

    /// <summary>r − 1 − ln r.</summary>
    public double Kl;

    /// <summary>Rows whose ratio is outside the clip.</summary>
    public double Clipped;

    /// <summary>The greatest |ln r|: how far the replay is from the acting, where the parameters are the same.</summary>
    public double Error;

    internal void Add(Tensor difference, Tensor ratio, Tensor objective, Tensor entropy, Tensor messages, Tensor weights, double clip)
    {
        using var _ = no_grad();
        Weight += Of(weights.sum());
        Objective += Of((objective * weights).sum());
        Entropy += Of((entropy * weights).sum());
        MessageEntropy += Of((messages * weights).sum());
        Kl += Of(((ratio.sub(Constant(1)) - difference) * weights).sum());
        Clipped += Of((ratio.sub(Constant(1)).abs().gt(Constant(clip)).to_type(ScalarType.Float32) * weights).sum());
        Error = Math.Max(Error, Of((difference.abs() * weights.gt(Constant(0)).to_type(ScalarType.Float32)).max()));
    }
}
