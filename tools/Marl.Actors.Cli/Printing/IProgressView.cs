using Marl.Actors.Experiments;

namespace Marl.Actors.Cli.Printing;

/// <summary>Shows how far an experiment is.</summary>
internal interface IProgressView
{
    /// <summary>A run begins; what comes is about it.</summary>
    void Begin(string title);

    /// <summary>The newest state; called after every update, from any thread.</summary>
    void Report(RunProgress progress);

    /// <summary>The user has asked for a stop.</summary>
    void Stopping();

    /// <summary>Shows progress while the work goes on.</summary>
    Task<T> DuringAsync<T>(Func<Task<T>> work);

    /// <summary>A redrawn display on a terminal, plain lines elsewhere.</summary>
    static IProgressView For(Outlet target) => target.IsTerminal ? new LiveProgress(target.Console) : new PlainProgress(target.Writer, TimeProvider.System);
}
