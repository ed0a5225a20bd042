namespace Marl.Actors.Runtime.Runs;

/// <summary>Diagnostic codes about runs.</summary>
public static class RunCodes
{
    /// <summary>A stage threw: a bug in a component.</summary>
    public const string StageFailed = "MARL3001";

    /// <summary>No stage can go on: a loop waits for itself.</summary>
    public const string Deadlock = "MARL3002";

    /// <summary>Writing results or a checkpoint failed.</summary>
    public const string ResultsFailed = "MARL3003";

    /// <summary>Numbers are no longer finite where a stage must act on them.</summary>
    public const string NotFinite = "MARL3006";

    /// <summary>A saved state does not fit the stage that should take it over.</summary>
    public const string StateDoesNotFit = "MARL3004";

    /// <summary>Something else in the process shut the actor system down.</summary>
    public const string ShutDown = "MARL3005";
}
