using System.Runtime.InteropServices;

namespace Marl.Actors.Cli;

/// <summary>
/// Ctrl-C and SIGTERM: the first one asks the work to stop between two iterations, so that it saves and writes its results;
/// a second one ends the process at once.
/// </summary>
internal sealed partial class Interrupts : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly Action requested;
    private int exitCode;

    /// <summary>Listens until disposed.</summary>
    /// <param name="requested">Called once, at the first signal.</param>
    public Interrupts(Action requested)
    {
        this.requested = requested;
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Receive(signal, ExitCodes.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Receive(signal, ExitCodes.Terminated)),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stop => stop.Token;

    /// <summary>The exit code of a process that was asked to stop; null when nobody did.</summary>
    public int? ExitCode => exitCode == 0 ? null : exitCode;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        stop.Dispose();
    }

    private void Receive(PosixSignalContext signal, int code)
    {
        signal.Cancel = true; // the process goes on
        if (Interlocked.CompareExchange(ref exitCode, code, 0) != 0)
        {
            EndAtOnce(code);
        }

        requested();
        stop.Cancel();
    }

    /// <summary>Without the handlers of a normal exit, which wait for the actors. Files are written whole or not at all, so nothing is torn.</summary>
    private static void EndAtOnce(int code)
    {
        if (!Console.IsOutputRedirected && !OperatingSystem.IsWindows())
        {
            Console.Out.Write("\e[?25h\n"); // the live display hides the cursor
        }

        if (OperatingSystem.IsWindows())
        {
            Environment.Exit(code);
        }

        Exit(code);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
