using System.Diagnostics;
using System.Runtime.InteropServices;
using Marl.Actors.Clustering;

namespace Marl.Actors.Cli.Supervising;

/// <summary>
/// Starts a command again when it dies. Deaths with progress in between are put up with for ever; without, each wait is twice
/// as long as the one before, and after several the command is given up.
/// </summary>
/// <param name="command">What is started.</param>
/// <param name="mostDeaths">Deaths without progress in between that are put up with.</param>
/// <param name="told">Told what happens, in a sentence.</param>
internal sealed class Supervisor(SupervisedCommand command, long mostDeaths, Action<string> told) : IDisposable
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(30); // what has no checkpoints gets on by living
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();
    private Child? child;
    private PosixSignal? received;

    /// <summary>Runs the command to its end; its exit code, or that of its last death.</summary>
    public async Task<int> RunAsync()
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive);
        var progress = command.Progress;
        for (var fruitless = 0; ;)
        {
            var began = Stopwatch.GetTimestamp();
            if (Begin() is not { } running)
            {
                return Stopped;
            }

            var exitCode = await running.EndAsync();
            lock (gate)
            {
                child = null;
                running.Dispose();
            }

            if (!Child.IsDeath(exitCode))
            {
                return exitCode;
            }

            var reached = command.Progress;
            var hasProgress = command.Folder is null ? Stopwatch.GetElapsedTime(began) >= LongEnough : reached != progress;
            (fruitless, progress) = (hasProgress ? 0 : fruitless + 1, reached);
            if (fruitless > mostDeaths)
            {
                told($"{Name} died with exit code {exitCode}, {fruitless} times without progress in between; giving it up");
                return exitCode;
            }

            var pause = fruitless == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, fruitless - 1), LongestPause.TotalSeconds));
            told($"{Name} died with exit code {exitCode}; starting it again{(pause > TimeSpan.Zero ? $" in {pause.TotalSeconds:0} s" : "")}");
            try
            {
                await Task.Delay(pause, stop.Token);
            }
            catch (OperationCanceledException)
            {
                return Stopped;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    private string Name => $"marl {command.Words[0]}";

    private int Stopped => received == PosixSignal.SIGINT ? ExitCodes.Interrupted : ExitCodes.Terminated;

    /// <summary>Starts the command, unless a signal came before; so none falls between two children.</summary>
    private Child? Begin()
    {
        lock (gate)
        {
            var marl = WorkerCommand.OfThisProgram(command.Next[0]);
            return child = received is not null ? null : Child.Start(marl.Program, [.. marl.Arguments, .. command.Next.Skip(1)]);
        }
    }

    private void Receive(PosixSignalContext signal)
    {
        signal.Cancel = true; // the child says when it is over
        lock (gate)
        {
            received ??= signal.Signal;
            child?.Signal(signal.Signal);
        }

        stop.Cancel();
    }
}
