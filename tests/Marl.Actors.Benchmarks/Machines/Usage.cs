using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Marl.Actors.Benchmarks.Machines;

/// <summary>What this process and its children have used up so far, as the kernel counts it.</summary>
/// <param name="Processor">Processor time.</param>
/// <param name="TcpBytes">Sent over TCP connections that are open (<c>ss</c> of iproute2); null where there is no <c>ss</c>.</param>
internal readonly partial record struct Usage(TimeSpan Processor, long? TcpBytes)
{
    /// <summary>Until now.</summary>
    public static Usage Now()
    {
        var family = Family();
        return new(family.Aggregate(TimeSpan.Zero, (sum, id) => sum + Processes(id)), Sent(family));
    }

    private static TimeSpan Processes(string id)
    {
        try
        {
            using var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
            return process.TotalProcessorTime;
        }
        catch (ArgumentException)
        {
            return TimeSpan.Zero; // the one that was asked for the others
        }
    }

    private static long? Sent(HashSet<string> family)
    {
        try
        {
            return Output("ss", "-tinpHO").Where(line => Owner().Match(line) is { Success: true } o && family.Contains(o.Groups[1].Value))
                .Sum(line => Count().Match(line) is { Success: true } sent ? long.Parse(sent.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static HashSet<string> Family() =>
    [
        $"{Environment.ProcessId}",
        .. Output("ps", "-A", "-o", "pid=,ppid=").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(ids => ids[1] == $"{Environment.ProcessId}").Select(ids => ids[0]),
    ];

    private static string[] Output(string program, params string[] words)
    {
        using var asked = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true })!;
        var said = asked.StandardOutput.ReadToEnd();
        asked.WaitForExit();
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(",pid=([0-9]+),")]
    private static partial Regex Owner();

    [GeneratedRegex(" bytes_sent:([0-9]+)")]
    private static partial Regex Count();
}
