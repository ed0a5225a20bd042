using System.Diagnostics;

namespace Marl.Actors.Cli.Tests.Processes;

/// <summary>A process as the system knows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Arguments">As it was started.</param>
internal sealed record Relative(int Id, string[] Arguments)
{
    /// <summary>What stands behind an option; null where it isn't given.</summary>
    public string? After(string option) => Array.IndexOf(Arguments, option) is >= 0 and var at && at + 1 < Arguments.Length ? Arguments[at + 1] : null;

    /// <summary><c>kill -9</c>.</summary>
    public void Kill() => Signal("KILL");

    /// <summary>Sends a signal: <c>STOP</c>, <c>CONT</c>.</summary>
    public void Signal(string name) => MarlProcess.Signal(Id, name);
}

/// <summary>Who was started by whom.</summary>
internal static class Relatives
{
    /// <summary>The processes that a process has started and that still run.</summary>
    public static Relative[] ChildrenOf(int parent)
    {
        using var asked = Process.Start(new ProcessStartInfo("ps", ["-A", "-ww", "-o", "pid=,ppid=,stat=,args="]) { RedirectStandardOutput = true })!;
        var lines = asked.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        asked.WaitForExit();
        return
        [
            .. lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length > 3 && words[1] == $"{parent}" && !words[2].StartsWith('Z'))
                .Select(words => new Relative(int.Parse(words[0]), words[3..])),
        ];
    }
}
