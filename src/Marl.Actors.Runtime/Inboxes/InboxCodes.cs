namespace Marl.Actors.Runtime.Inboxes;

/// <summary>Diagnostic codes about recorded inboxes and their replay.</summary>
public static class InboxCodes
{
    /// <summary>A stage that shall be recorded or replayed is not in the pipeline.</summary>
    public const string NoSuchStage = "MARL3730";

    /// <summary>The run has recorded no inbox, or not that of the stage.</summary>
    public const string NotRecorded = "MARL3731";

    /// <summary>The file is not a recorded inbox, was cut short, or its checksum is wrong.</summary>
    public const string Damaged = "MARL3732";

    /// <summary>The file has another format than this program reads.</summary>
    public const string OtherVersion = "MARL3733";

    /// <summary>The stage is not the one that was recorded: other options, another seed, other ports.</summary>
    public const string OtherStage = "MARL3734";

    /// <summary>The stage did something else with the same inbox.</summary>
    public const string Differs = "MARL3735";

    /// <summary>The recording was made where floats may differ in the last bits.</summary>
    public const string OtherProfile = "MARL3736";

    /// <summary>The stage can't be made, or can't take its saved state over.</summary>
    public const string NoStage = "MARL3737";

    /// <summary>The recording does not lie in the folder of its run.</summary>
    public const string NoRun = "MARL3738";

    /// <summary>Several recordings where one is asked for.</summary>
    public const string Several = "MARL3739";
}
