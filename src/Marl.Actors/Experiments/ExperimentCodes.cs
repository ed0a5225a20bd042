namespace Marl.Actors.Experiments;

/// <summary>Diagnostic codes about how an experiment shall be run.</summary>
public static class ExperimentCodes
{
    /// <summary>Interpreter, schedule and threads do not go together.</summary>
    public const string Interpretation = "MARL3651";
}
