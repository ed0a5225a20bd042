using Marl.Actors.Environments.Games;

namespace Marl.Actors.Environments.MatrixGames;

/// <summary>A zero-sum matrix game as a tree: agent 1 chooses without knowing what agent 0 has chosen.</summary>
/// <param name="Payoffs">The game, zero-sum.</param>
/// <param name="First">Agent 0's action; −1 before it.</param>
/// <param name="Second">Agent 1's action; −1 before it.</param>
internal sealed record MatrixHand(Payoffs Payoffs, int First = -1, int Second = -1) : IHand
{
    /// <inheritdoc/>
    public int Turn => First < 0 ? 0 : Second < 0 ? 1 : Mover.Over;

    /// <inheritdoc/>
    public double Gain => Payoffs.First[First, Second];

    /// <inheritdoc/>
    public int Width => 1;

    /// <summary>There is no chance in it.</summary>
    public IEnumerable<(double Probability, IHand Next)> Chances() => [];

    /// <inheritdoc/>
    public IReadOnlyList<int> Actions() => [.. Enumerable.Range(0, Turn == 0 ? Payoffs.Rows : Payoffs.Columns)];

    /// <inheritdoc/>
    public IHand After(int action) => Turn == 0 ? this with { First = action } : this with { Second = action };

    /// <inheritdoc/>
    public string Seen() => "";

    /// <summary>Nothing but a constant, as in <see cref="RepeatedGame"/>.</summary>
    public void Observe(int player, Span<float> row) => row[0] = 1;
}
