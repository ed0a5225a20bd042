using System.Diagnostics;
using System.Runtime.InteropServices;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Cli.Supervising;

/// <summary>A process that has this one's terminal, and gets its signals.</summary>
internal sealed partial class Child : IDisposable
{
    private readonly Process process;

    private Child(Process process) => this.process = process;

    /// <summary>Starts it.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program is gone.</exception>
    public static Child Start(string program, Values<string> arguments) => new(Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!);

    /// <summary>Whether an exit code is one of a death that starting anew may mend; all others are answers.</summary>
    public static bool IsDeath(int exitCode) =>
        exitCode is ExitCodes.Fault or ExitCodes.GivenUp or < 0 or (> 128 and not ExitCodes.Interrupted and not ExitCodes.Terminated);

    /// <summary>Waits for its end; the exit code, 128 + N when signal N ended it.</summary>
    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Hands a signal on, unless the terminal has given it to both.</summary>
    public void Signal(PosixSignal signal)
    {
        if (OperatingSystem.IsWindows() || (signal == PosixSignal.SIGINT && GroupOfTerminal(0) == OwnGroup()))
        {
            return;
        }

        _ = Kill(process.Id, signal == PosixSignal.SIGINT ? 2 : 15);
    }

    /// <inheritdoc/>
    public void Dispose() => process.Dispose();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "tcgetpgrp")]
    private static partial int GroupOfTerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    private static partial int OwnGroup();
}
