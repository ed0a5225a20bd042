namespace Marl.Actors.Analysis.Communication;

/// <summary>
/// What a listener does when it is made to hear each message in turn, everything else as it was: do(c). One context is one
/// moment of one episode.
/// </summary>
/// <param name="Messages">|C|.</param>
/// <param name="Actions">|A|.</param>
/// <param name="Weights">p(c) [C]: how often the speaker sends each.</param>
/// <param name="Tries">Times each message was tried in each context; 1 is enough for a listener that acts greedily.</param>
/// <param name="Counts">Actions that followed [contexts, C, A]; they sum to <paramref name="Tries"/> over the actions.</param>
public sealed record Responses(int Messages, int Actions, double[] Weights, int Tries, int[] Counts)
{
    /// <summary>
    /// p(a | do(c)) [contexts, C, A] where the listener's policy says it: figures are then computed from it, without the bias of few
    /// tries, and tries serve the tests alone. Null where only tries tell.
    /// </summary>
    public double[]? Chances { get; init; }

    /// <summary>How many contexts.</summary>
    public int Contexts => Messages * Actions == 0 ? 0 : Counts.Length / (Messages * Actions);

    /// <summary>The same as if every try had been made that many times with the same outcome, as a greedy listener's would have.</summary>
    internal Responses Repeated(int times) => this with { Tries = Tries * times, Counts = [.. Counts.Select(n => n * times)] };
}
