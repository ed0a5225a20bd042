namespace Marl.Actors.Sweeps;

/// <summary>Diagnostic codes about running sweeps.</summary>
public static class SweepRunCodes
{
    /// <summary>A resume is asked to change what the sweep was begun with.</summary>
    public const string Fixed = "MARL1544";
}
