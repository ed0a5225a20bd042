namespace Marl.Actors.Build;

/// <summary>What the process says at its end; the targets know these.</summary>
internal static class ExitCodes
{
    /// <summary>No errors.</summary>
    public const int Success = 0;

    /// <summary>Errors in the user's files, all of which were said.</summary>
    public const int Findings = 1;

    /// <summary>Nobody said what to do.</summary>
    public const int Usage = 2;

    /// <summary>A fault in the checker (EX_SOFTWARE of BSD's sysexits.h).</summary>
    public const int Fault = 70;
}
