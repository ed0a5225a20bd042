namespace Marl.Actors.Runtime.Witnesses;

/// <summary>Diagnostic codes about what a stage or an operator does with tokens.</summary>
public static class WitnessCodes
{
    /// <summary>A token vanished, or came from nowhere, between the stage that made it and the one that takes it.</summary>
    public const string NotConserved = "MARL3717";

    /// <summary>A stage works with an older version than the edge's lag allows.</summary>
    public const string Stale = "MARL3718";

    /// <summary>A stage handled a token after the end.</summary>
    public const string AfterEnd = "MARL3719";

    /// <summary>A stage that was made anew sent something else than it had sent before.</summary>
    public const string Unrepeatable = "MARL3720";
}
