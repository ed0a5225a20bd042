namespace Marl.Actors.Cli;

/// <summary>What the process says at its end. The same list stands in <c>marl --help</c>.</summary>
internal static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>Diagnostics with errors, a failed run, a missed bar, a deviation above the tolerance, a replay that differs.</summary>
    public const int Failure = 1;

    /// <summary>The command line can't be understood.</summary>
    public const int Usage = 2;

    /// <summary>A fault in marl (EX_SOFTWARE of BSD's sysexits.h).</summary>
    public const int Fault = 70;

    /// <summary>A node that the cluster has given up: start it anew (EX_TEMPFAIL).</summary>
    public const int GivenUp = 75;

    /// <summary>128 + SIGINT, as shells have it: scripts stop too.</summary>
    public const int Interrupted = 130;

    /// <summary>128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
