using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Profiles;

/// <summary>Where the time of a run went. Instances of one stage stand together, and so do the links of one edge.</summary>
/// <param name="Seconds">From the first stage's beginning to the last firing's end.</param>
/// <param name="Stages">The one that computed longest first.</param>
/// <param name="Edges">The one that was waited for longest first.</param>
public sealed record ProfileReport(double Seconds, Values<StageTime> Stages, Values<EdgeTime> Edges)
{
    /// <summary>
    /// The stage one of whose instances computed for most of the time: with everything else infinitely fast the run would still
    /// take that long. Null where nothing fired.
    /// </summary>
    public StageTime? Bottleneck => Stages.Where(s => s.Firings > 0).MaxBy(s => s.BusiestSeconds);

    /// <summary>
    /// The edge that others stood waiting for longest among those that come from a stage, evaluation only where nobody else did;
    /// null where nobody waited for it.
    /// </summary>
    public EdgeTime? WaitedFor(StageTime stage) => Edges.Where(e => e.From == stage.Stage && e.Waited > 0).OrderBy(e => e.IsEvaluation).FirstOrDefault();

    /// <summary>Some seconds as a share of the run's.</summary>
    public double Share(double seconds) => Seconds > 0 ? seconds / Seconds : 0;
}

/// <summary>The time of one stage.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Instances">How many it has.</param>
/// <param name="Firings">How often they fired, together.</param>
/// <param name="Seconds">For how long, together; what a firing sends is part of it.</param>
/// <param name="BusiestSeconds">For how long the busiest of them did.</param>
/// <param name="Waited">How long they stood without what they needed, together.</param>
/// <param name="AllocatedBytes">Memory that firings took from the collector.</param>
public sealed record StageTime(string Stage, int Instances, long Firings, double Seconds, double BusiestSeconds, double Waited, long AllocatedBytes);

/// <summary>The traffic of one edge.</summary>
/// <param name="Edge">Its name.</param>
/// <param name="From">The stage that sends.</param>
/// <param name="Messages">Tokens that arrived, over all readers.</param>
/// <param name="Bytes">What they held.</param>
/// <param name="OperatorSeconds">What its operators took.</param>
/// <param name="Waited">How long readers stood still until its token came, as the last one they needed.</param>
/// <param name="Dropped">Tokens that its operators let go, or made absent.</param>
/// <param name="Overwritten">Tokens that a newer one took the place of, where the newest is taken.</param>
/// <param name="Entropy">
/// Bits of a symbol where it carries some (discrete actions, words, bits), as their counts over the whole run say: the mean over its
/// links. Not a number elsewhere.
/// </param>
/// <param name="IsEvaluation">Who reads it evaluates, which never disturbs training.</param>
public sealed record EdgeTime(string Edge, string From, long Messages, long Bytes, double OperatorSeconds, double Waited, long Dropped, long Overwritten, double Entropy, bool IsEvaluation);
