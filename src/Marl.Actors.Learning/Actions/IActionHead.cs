using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Learning.Actions;

/// <summary>
/// From a policy's outputs to an action a critic can be differentiated by, and back. A critic sees actions in a box as normal ones in
/// −1..1, discrete ones as one-hot vectors. Randomness comes from noise drawn beforehand, so that the action is a function of outputs
/// and noise that has a gradient (Kingma, Welling: Auto-encoding variational Bayes, ICLR 2014: the reparameterisation).
/// </summary>
public interface IActionHead
{
    /// <summary>The policy's outputs.</summary>
    int Outputs { get; }

    /// <summary>Floats of an action as a critic sees it.</summary>
    int Width { get; }

    /// <summary>Draws the noise of one action.</summary>
    /// <param name="random">Advanced.</param>
    /// <param name="noise">To fill: [<see cref="Width"/>]; untouched where the policy has none.</param>
    void Draw(ref RandomStream random, Span<float> noise);

    /// <summary>The action.</summary>
    /// <param name="outputs">[<see cref="Outputs"/>].</param>
    /// <param name="mask">[actions], 0 where forbidden; empty when everything is allowed.</param>
    /// <param name="noise">[<see cref="Width"/>].</param>
    /// <param name="action">To fill: [<see cref="Width"/>].</param>
    /// <returns>ln π of the action where the policy has a density of its own; else 0.</returns>
    double Act(ReadOnlySpan<float> outputs, ReadOnlySpan<float> mask, ReadOnlySpan<float> noise, Span<float> action);

    /// <summary>∂loss/∂outputs of a loss that depends on the action and on ln π.</summary>
    /// <param name="outputs">As in <see cref="Act"/>.</param>
    /// <param name="mask">As in <see cref="Act"/>.</param>
    /// <param name="noise">As in <see cref="Act"/>.</param>
    /// <param name="actionGradient">∂loss/∂action: [<see cref="Width"/>].</param>
    /// <param name="logGradient">∂loss/∂ ln π.</param>
    /// <param name="outputGradient">To fill: [<see cref="Outputs"/>].</param>
    void Differentiate(
        ReadOnlySpan<float> outputs,
        ReadOnlySpan<float> mask,
        ReadOnlySpan<float> noise,
        ReadOnlySpan<float> actionGradient,
        double logGradient,
        Span<float> outputGradient);
}

/// <summary>Finds the head of a policy.</summary>
public static class ActionHeads
{
    /// <summary>The head of a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="temperature">Of the Gumbel-softmax, where actions are discrete.</param>
    public static IActionHead Of(PolicySpec policy, double temperature) => (policy.Head, policy.Action) switch
    {
        (PolicyHead.Deterministic, Box box) => new DeterministicHead(box.Length),
        (PolicyHead.SquashedGaussian, Box box) => new SquashedGaussianHead(box.Length),
        (PolicyHead.Categorical, Discrete discrete) => new GumbelHead(discrete.Count, temperature),
        _ => throw new InvalidOperationException($"A critic can't be differentiated by the actions of {policy.Head} in {policy.Action}; the signature should have said so."),
    };
}
