using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
using Marl.Actors.Learning;
using Marl.Actors.Learning.Optimisers;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Evolution;

/// <summary>
/// The parameters of one policy and the way they have come. The learner and every agent hold one; they begin with the same key
/// and step with the same worths, and so have the same parameters to the bit, though nobody ever sends them.
/// </summary>
/// <param name="network">The policy's network.</param>
internal sealed class EvolutionSearch(NetworkSpec network)
{
    private readonly float[] values = new float[network.Parameters];   // θ
    private readonly float[] gradient = new float[network.Parameters];
    private readonly float[] noise = new float[network.Parameters];
    private (long Generation, int Pair) filled = (-1, -1);             // what lies in noise
    private RandomKey key;
    private EvolutionStep step;
    private Adam? adam;
    private Momentum? momentum;

    /// <summary>θ.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>Steps done; −1 before the beginning.</summary>
    public int Version { get; private set; } = -1;

    /// <summary>‖g‖ of the last step.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>Version 0.</summary>
    public void Begin(RandomKey run, EvolutionStep first)
    {
        (key, step) = (run, first);
        Initialisation.Orthogonal(network, 1, key.Derive("policy")).CopyTo(values);
        MakeOptimiser();
        Version = 0;
    }

    /// <summary>
    /// The next version: θ steps up along g − λ θ, with g estimated from the members of the generation that this version has seen.
    /// </summary>
    /// <param name="how">How to step.</param>
    /// <param name="worth">Of pairs, [members / 2]: see <see cref="Perturbations.Gradient"/>.</param>
    /// <exception cref="LearningDivergedException">The estimate is not finite.</exception>
    public void Advance(EvolutionStep how, ReadOnlySpan<float> worth)
    {
        Perturbations.Gradient(key, Version, worth, how.Sigma, noise, gradient);
        filled = (-1, -1);
        GradientNorm = Learning.Optimisers.GradientNorm.Of(gradient);
        if (!double.IsFinite(GradientNorm))
        {
            throw new LearningDivergedException($"Learning diverged at generation {Version}: the gradient is no longer finite.");
        }

        for (var i = 0; i < values.Length; i++)
        {
            gradient[i] = (how.WeightDecay * values[i]) - gradient[i]; // optimisers go down
        }

        step = how;
        adam?.Step(values, gradient, how.LearningRate);
        momentum?.Step(values, gradient, how.LearningRate);
        Version++;
    }

    /// <summary>Writes the parameters that a member of a generation has: [parameters].</summary>
    public void Member(long generation, int member, Span<float> perturbed)
    {
        var pair = member / 2;
        if (filled != (generation, pair))
        {
            Perturbations.Fill(key, generation, pair, noise);
            filled = (generation, pair);
        }

        Perturbations.Apply(values, noise, member, step.Sigma, perturbed);
    }

    public void Save(StageSnapshot snapshot, string name)
    {
        snapshot.Put(name + ".version", Version);
        if (Version < 0)
        {
            return;
        }

        Span<float> numbers = stackalloc float[Core.Messages.Kinds.GenerationMessages.StepLength];
        step.Write(numbers);
        snapshot.Put<float>(name + ".step", numbers);
        snapshot.Put(name + ".key", key.Value);
        snapshot.Put<float>(name + ".values", values);
        adam?.Save(snapshot, name + ".adam");
        momentum?.Save(snapshot, name + ".momentum");
    }

    public void Load(StageSnapshot snapshot, string name)
    {
        Version = snapshot.GetOne<int>(name + ".version");
        if (Version < 0)
        {
            return;
        }

        Span<float> numbers = stackalloc float[Core.Messages.Kinds.GenerationMessages.StepLength];
        snapshot.GetInto(name + ".step", numbers);
        step = EvolutionStep.Read(numbers);
        key = new(snapshot.GetOne<ulong>(name + ".key"));
        snapshot.GetInto<float>(name + ".values", values);
        MakeOptimiser();
        adam?.Load(snapshot, name + ".adam");
        momentum?.Load(snapshot, name + ".momentum");
    }

    private void MakeOptimiser()
    {
        adam = step.Optimiser == EvolutionOptimiser.Adam ? new(values.Length, step.Epsilon, step.Momentum, step.SecondDecay) : null;
        momentum = step.Optimiser == EvolutionOptimiser.Momentum ? new(values.Length, step.Momentum) : null;
    }
}
