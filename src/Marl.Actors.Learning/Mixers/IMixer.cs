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

/// <summary>
/// Mixes the values of agents, and carries gradients back, in four parts, one after the other for the same rows. The first and
/// the last touch nothing but the mixer's own parameters and their gradients, so other networks of the vector may work
/// meanwhile. Not thread-safe.
/// </summary>
public interface IMixer : IDisposable
{
    /// <summary>Looks at the states.</summary>
    /// <param name="rows">Positions.</param>
    /// <param name="states">[rows, width]; empty where the mixer looks at none.</param>
    void Look(int rows, ReadOnlySpan<float> states)
    {
    }

    /// <summary>Mixes.</summary>
    /// <param name="rows">Positions.</param>
    /// <param name="values">[rows, agents].</param>
    /// <param name="totals">To fill: [rows, totals].</param>
    void Mix(int rows, ReadOnlySpan<float> values, Span<float> totals);

    /// <summary>Writes ∂loss/∂value.</summary>
    /// <param name="rows">As before.</param>
    /// <param name="totalGradients">∂loss/∂total: [rows, totals].</param>
    /// <param name="valueGradients">To fill: [rows, agents].</param>
    void Blame(int rows, ReadOnlySpan<float> totalGradients, Span<float> valueGradients);

    /// <summary>Adds ∂loss/∂parameter to the gradients of the flat vector.</summary>
    /// <param name="rows">As before.</param>
    void Learn(int rows)
    {
    }
}
