using Marl.Actors.Core.Randomness;
using Marl.Actors.Learning.Networks;

namespace Marl.Actors.Learning.Mixers;

/// <summary>How the values of single agents become values of the team, as a value: what it is made from.</summary>
public abstract record MixerSpec
{
    /// <summary>Length of its part of a flat vector.</summary>
    public abstract int Parameters { get; }

    /// <summary>Numbers it gives for one position: 1 for a team, or one for each agent.</summary>
    public abstract int Totals { get; }

    /// <summary>First parameters.</summary>
    public abstract void Initialise(Span<float> parameters, RandomKey key);

    /// <summary>A mixer over the parameters from <paramref name="offset"/> on, for at most that many rows at once.</summary>
    public abstract IMixer Create(FlatParameters parameters, int offset, int rows, Backend backend, ComputeDevice device);
}

/// <summary>Mixes the values of agents, and carries gradients back. Not thread-safe.</summary>
public interface IMixer : IDisposable
{
    /// <summary>Mixes.</summary>
    /// <param name="rows">Positions.</param>
    /// <param name="values">[rows, agents].</param>
    /// <param name="states">[rows, width]; empty where the mixer looks at none.</param>
    /// <param name="totals">To fill: [rows, totals].</param>
    void Forward(int rows, ReadOnlySpan<float> values, ReadOnlySpan<float> states, Span<float> totals);

    /// <summary>
    /// For the rows of the last <see cref="Forward"/>: adds ∂loss/∂parameter to the gradients of the flat vector and writes ∂loss/∂value.
    /// </summary>
    /// <param name="rows">As before.</param>
    /// <param name="totalGradients">∂loss/∂total: [rows, totals].</param>
    /// <param name="valueGradients">To fill: [rows, agents].</param>
    void Backward(int rows, ReadOnlySpan<float> totalGradients, Span<float> valueGradients);
}
