using Marl.Actors.Core.Stages;

namespace Marl.Actors.Learning.Optimisers;

/// <summary>
/// Gradient descent with momentum on one flat vector, as in the program of Salimans et al. 2017 (<c>es_distributed/optimizers.py</c>):
/// the velocity is a running mean of gradients, so that the step does not grow with the momentum.
/// </summary>
/// <param name="length">Number of parameters.</param>
/// <param name="decay">β, in [0, 1): how much of the velocity is kept.</param>
public sealed class Momentum(int length, double decay = 0.9)
{
    private readonly float[] velocity = new float[length];
    private readonly float kept = (float)decay;
    private readonly float rest = (float)(1 - decay);

    /// <summary>v ← β v + (1 − β) g; θ ← θ − α v. The gradients are left at 0 for the next step.</summary>
    /// <param name="values">θ: [length].</param>
    /// <param name="gradients">g: [length].</param>
    /// <param name="learningRate">α.</param>
    public void Step(Span<float> values, Span<float> gradients, double learningRate)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, velocity.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradients.Length, velocity.Length);
        var rate = (float)learningRate;
        for (var i = 0; i < velocity.Length; i++)
        {
            velocity[i] = (kept * velocity[i]) + (rest * gradients[i]);
            values[i] -= rate * velocity[i];
            gradients[i] = 0;
        }
    }

    /// <summary>Writes the velocity.</summary>
    public void Save(StageSnapshot snapshot, string name) => snapshot.Put<float>(name + ".velocity", velocity);

    /// <summary>Takes a saved velocity over.</summary>
    public void Load(StageSnapshot snapshot, string name) => snapshot.GetInto<float>(name + ".velocity", velocity);
}
