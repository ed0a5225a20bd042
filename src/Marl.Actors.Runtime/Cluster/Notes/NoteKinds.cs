namespace Marl.Actors.Runtime.Cluster.Notes;

/// <summary>What a leader and its hosts say to each other besides tokens.</summary>
internal static class NoteKinds
{
    /// <summary>Leader → host: the pipeline, who hosts what, what is observed.</summary>
    public const string Assign = "assign";

    /// <summary>Host → leader: the cells are made.</summary>
    public const string Ready = "ready";

    /// <summary>Host → leader: the cells can't be made here.</summary>
    public const string Refused = "refused";

    /// <summary>Leader → host: begin, fresh or from saved states.</summary>
    public const string Begin = "begin";

    /// <summary>Leader → host: clocks hold at that vector step.</summary>
    public const string Hold = "hold";

    /// <summary>Leader → host: clocks end.</summary>
    public const string Finish = "finish";

    /// <summary>Leader → host: make room on these links.</summary>
    public const string Grow = "grow";

    /// <summary>Leader → host: say how your cells are. Only while nothing is under way anywhere.</summary>
    public const string Ask = "ask";

    /// <summary>Host → leader: how they are.</summary>
    public const string Status = "status";

    /// <summary>Host → leader: nothing is under way here.</summary>
    public const string Quiet = "quiet";

    /// <summary>Leader → host: is anything under way?</summary>
    public const string Wave = "wave";

    /// <summary>Host → leader: the answer.</summary>
    public const string Answer = "answer";

    /// <summary>Host → leader: a stage has thrown.</summary>
    public const string Failure = "failure";

    /// <summary>Host → leader: tokens and bytes by link, now and then.</summary>
    public const string Figures = "figures";

    /// <summary>Leader → host: what you have recorded.</summary>
    public const string AskTrail = "ask-trail";

    /// <summary>Host → leader: what was recorded.</summary>
    public const string Trail = "trail";
}
