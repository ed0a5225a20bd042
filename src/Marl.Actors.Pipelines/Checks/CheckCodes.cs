namespace Marl.Actors.Pipelines.Checks;

/// <summary>Codes of diagnostics about the graph: whether what is connected goes together, and whether it would run.</summary>
public static class CheckCodes
{
    /// <summary>The two ends of an edge speak of different kinds of message.</summary>
    public const string Kind = "MARL2101";

    /// <summary>Types along an edge do not agree: spaces, copies, reward convention, …</summary>
    public const string Type = "MARL2102";

    /// <summary>A component does not work with what an edge brings (a box of actions behind a categorical policy).</summary>
    public const string Constraint = "MARL2103";

    /// <summary>The numbers of instances at both ends do not fit.</summary>
    public const string Peers = "MARL2104";

    /// <summary>Nothing settles a part of a port's type.</summary>
    public const string Undetermined = "MARL2105";

    /// <summary>Several producing instances meet, and nothing says how.</summary>
    public const string MergeMissing = "MARL2106";

    /// <summary>A loop in which nobody speaks first.</summary>
    public const string SilentLoop = "MARL2107";

    /// <summary>A merge word where there is one producer only.</summary>
    public const string MergeNeedless = "MARL2108";

    /// <summary>Edges into one port say different things about merging.</summary>
    public const string MergesDiffer = "MARL2109";

    /// <summary>An output that speaks to each member of a domain apart is read by somebody else.</summary>
    public const string PerInstance = "MARL2110";

    /// <summary>An operator makes absent tokens, and the reader does not take any.</summary>
    public const string Absence = "MARL2111";

    /// <summary>A stage nobody reads.</summary>
    public const string Unread = "MARL2112";

    /// <summary>An operator on a kind of message it does not take.</summary>
    public const string OperatorKind = "MARL2113";

    /// <summary>The file demands a determinate pipeline, and a merge makes it depend on timing.</summary>
    public const string NotDeterminate = "MARL2114";

    /// <summary>A stage beside the shards of a world that takes the tokens of one shard only.</summary>
    public const string Shards = "MARL2115";

    /// <summary>A loop comes to a standstill: fewer tokens go round in it than its stages need.</summary>
    public const string Standstill = "MARL2130";

    /// <summary>A stage waits for more tokens than its producer ever sends.</summary>
    public const string Starved = "MARL2131";

    /// <summary>One end of an edge has a number of tokens that depends on the data, the other counts on a fixed one.</summary>
    public const string Varying = "MARL2132";

    /// <summary>An output that never sends anything is read.</summary>
    public const string NeverSent = "MARL2133";

    /// <summary>The instances of a stage take and send in different ways.</summary>
    public const string RhythmsDiffer = "MARL2134";

    /// <summary>The graph is too long to be rehearsed, so nobody knows whether it comes to a standstill (a warning).</summary>
    public const string TooLong = "MARL2135";

    /// <summary>An input for tokens of the stage's own other instances is fed by another stage.</summary>
    public const string NotPeers = "MARL2780";

    /// <summary>No stage drives time.</summary>
    public const string NoClock = "MARL2201";

    /// <summary>More than one stage drives time.</summary>
    public const string SeveralClocks = "MARL2202";

    /// <summary>Evaluation without agents.</summary>
    public const string NothingToEvaluate = "MARL2203";

    /// <summary>Evaluation with a catalog that lacks the operator for it.</summary>
    public const string NoThinning = "MARL2204";

    /// <summary>More tokens are sent along an edge than taken, or fewer.</summary>
    public const string Rates = "MARL2301";

    /// <summary>No edge says how often a stage works.</summary>
    public const string Unclocked = "MARL2302";

    /// <summary>The rates have no reasonable common multiple.</summary>
    public const string LongIteration = "MARL2303";

    /// <summary>The experiment ends before its first iteration does.</summary>
    public const string ShortStop = "MARL2304";
}
