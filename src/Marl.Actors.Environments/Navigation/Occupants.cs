namespace Marl.Actors.Environments.Navigation;

/// <summary>
/// Who stands in which cell of one copy, so that an agent finds those near it without asking all: a list for each cell, from the
/// lowest number on.
/// </summary>
/// <param name="first">[cells]: who stands there, −1 if nobody does.</param>
/// <param name="next">[agents]: who stands there as well, −1 behind the last.</param>
internal readonly ref struct Occupants(Span<int> first, Span<int> next)
{
    private readonly Span<int> first = first;
    private readonly Span<int> next = next;

    /// <summary>The first one in a cell.</summary>
    public int First(int cell) => first[cell];

    /// <summary>The one after an agent.</summary>
    public int After(int agent) => next[agent];

    /// <summary>Takes everybody in; who stands on the field's upper edge stands in the last cell.</summary>
    /// <param name="x">[agents], in cells.</param>
    /// <param name="y">[agents].</param>
    /// <param name="side">Cells in a row.</param>
    public void Gather(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int side)
    {
        first.Fill(-1);
        for (var agent = next.Length - 1; agent >= 0; agent--)
        {
            var cell = (Math.Min(side - 1, (int)y[agent]) * side) + Math.Min(side - 1, (int)x[agent]);
            (next[agent], first[cell]) = (first[cell], agent);
        }
    }
}
