namespace Marl.Actors.Analysis.Communication;

/// <summary>A variable that was observed: a code in each row.</summary>
/// <param name="Codes">From 0.</param>
/// <param name="Size">How many codes there can be: |C| of messages, |A| of actions.</param>
public sealed record Column(int[] Codes, int Size)
{
    /// <summary>Nothing was observed.</summary>
    public static Column Empty { get; } = new([], 0);

    /// <summary>There is something.</summary>
    public bool IsKnown => Codes.Length > 0;
}
