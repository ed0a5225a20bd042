using Marl.Actors.Core.Messages.Kinds;

namespace Marl.Actors.Algorithms.Evolution;

/// <summary>What takes the step along an estimated gradient.</summary>
public enum EvolutionOptimiser
{
    /// <summary>Adam.</summary>
    Adam,

    /// <summary>Gradient ascent with momentum.</summary>
    Momentum,
}

/// <summary>
/// How everybody who holds the parameters steps from one version to the next. It travels with every generation, so that agents
/// need not be told what the learner was told; numbers are single, because what all compute with is what was sent.
/// </summary>
/// <param name="Sigma">σ: deviation of the perturbations.</param>
/// <param name="LearningRate">α.</param>
/// <param name="WeightDecay">λ.</param>
/// <param name="Optimiser">What takes it.</param>
/// <param name="Momentum">β₁ of Adam, β of momentum.</param>
/// <param name="SecondDecay">β₂ of Adam.</param>
/// <param name="Epsilon">ε of Adam.</param>
internal readonly record struct EvolutionStep(
    float Sigma, float LearningRate, float WeightDecay, EvolutionOptimiser Optimiser, float Momentum, float SecondDecay, float Epsilon)
{
    /// <summary>Reads what <see cref="Write"/> wrote: [<see cref="GenerationMessages.StepLength"/>].</summary>
    public static EvolutionStep Read(ReadOnlySpan<float> numbers) =>
        new(numbers[0], numbers[1], numbers[2], (EvolutionOptimiser)(int)numbers[3], numbers[4], numbers[5], numbers[6]);

    /// <summary>Writes it: [<see cref="GenerationMessages.StepLength"/>].</summary>
    public void Write(Span<float> numbers)
    {
        ReadOnlySpan<float> all = [Sigma, LearningRate, WeightDecay, (int)Optimiser, Momentum, SecondDecay, Epsilon];
        all.CopyTo(numbers);
    }
}
