using System.Numerics;
using System.Runtime.InteropServices;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Learning.Optimisers;

/// <summary>
/// Adam on one flat vector. Kingma, Ba: Adam: a method for stochastic optimization, ICLR 2015, algorithm 1, with ε added as
/// Torch does (after the bias correction of the second moment).
/// </summary>
/// <param name="length">Number of parameters.</param>
/// <param name="epsilon">ε, at least 0.</param>
/// <param name="firstDecay">β₁.</param>
/// <param name="secondDecay">β₂.</param>
public sealed class Adam(int length, double epsilon = 1e-8, double firstDecay = 0.9, double secondDecay = 0.999)
{
    private readonly float[] first = new float[length];  // m
    private readonly float[] second = new float[length]; // v

    /// <summary>Steps done.</summary>
    public long Steps { get; private set; }

    /// <summary>
    /// With g = scale · gradient: m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²;
    /// θ ← θ − α / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε). The gradients are left at 0 for the next minibatch.
    /// </summary>
    /// <param name="values">θ: [length].</param>
    /// <param name="gradients">[length].</param>
    /// <param name="learningRate">α.</param>
    /// <param name="scale">What the gradient is multiplied by first (clipping).</param>
    public void Step(Span<float> values, Span<float> gradients, double learningRate, float scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, first.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradients.Length, first.Length);
        Steps++;
        var constants = new Constants(
            scale,
            (float)firstDecay,
            (float)(1 - firstDecay),
            (float)secondDecay,
            (float)(1 - secondDecay),
            (float)(learningRate / (1 - Math.Pow(firstDecay, Steps))),
            (float)Math.Sqrt(1 - Math.Pow(secondDecay, Steps)),
            (float)epsilon);

        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vectors(
            vectors,
            MemoryMarshal.Cast<float, Vector<float>>(gradients),
            MemoryMarshal.Cast<float, Vector<float>>(first.AsSpan()),
            MemoryMarshal.Cast<float, Vector<float>>(second.AsSpan()),
            constants);
        for (var i = vectors.Length * Vector<float>.Count; i < values.Length; i++)
        {
            var g = scale * gradients[i];
            first[i] = (constants.FirstDecay * first[i]) + (constants.FirstRest * g);
            second[i] = (constants.SecondDecay * second[i]) + (constants.SecondRest * (g * g));
            values[i] -= constants.Rate * first[i] / ((MathF.Sqrt(second[i]) / constants.Correction) + constants.Epsilon);
            gradients[i] = 0;
        }
    }

    /// <summary>Writes the moments and the number of steps.</summary>
    public void Save(StageSnapshot snapshot, string name)
    {
        snapshot.Put<float>(name + ".first", first);
        snapshot.Put<float>(name + ".second", second);
        snapshot.Put(name + ".steps", Steps);
    }

    /// <summary>Takes saved moments over.</summary>
    public void Load(StageSnapshot snapshot, string name)
    {
        snapshot.GetInto<float>(name + ".first", first);
        snapshot.GetInto<float>(name + ".second", second);
        Steps = snapshot.GetOne<long>(name + ".steps");
    }

    /// <summary>The same operations in the same order as the loop over the rest, so that the width of a vector changes no bit.</summary>
    private static void Vectors(
        Span<Vector<float>> values, Span<Vector<float>> gradients, Span<Vector<float>> first, Span<Vector<float>> second, Constants constants)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var g = constants.Scale * gradients[i];
            first[i] = (constants.FirstDecay * first[i]) + (constants.FirstRest * g);
            second[i] = (constants.SecondDecay * second[i]) + (constants.SecondRest * (g * g));
            values[i] -= constants.Rate * first[i] / ((Vector.SquareRoot(second[i]) / new Vector<float>(constants.Correction)) + new Vector<float>(constants.Epsilon));
            gradients[i] = Vector<float>.Zero;
        }
    }

    private readonly record struct Constants(
        float Scale, float FirstDecay, float FirstRest, float SecondDecay, float SecondRest, float Rate, float Correction, float Epsilon);
}
