namespace Marl.Actors.Core.Stages;

/// <summary>Tokens the next firing takes: one count per input port, the same from every producer that feeds the port.</summary>
public sealed class Needs(params int[] counts)
{
    /// <summary>The stage is done: it never fires again, and its readers are told.</summary>
    public static Needs Ended { get; } = new();

    /// <summary>Tokens from each producer of port <paramref name="port"/>.</summary>
    public int this[int port] => counts[port];

    /// <summary>Number of input ports; 0 for <see cref="Ended"/>, unless the stage is a source.</summary>
    public int Count => counts.Length;
}
