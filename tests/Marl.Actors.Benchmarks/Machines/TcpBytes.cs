using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Marl.Actors.Benchmarks.Machines;

/// <summary>What processes have sent over TCP, as the kernel counts it for their open connections (<c>ss</c> of iproute2).</summary>
internal static partial class TcpBytes
{
    /// <summary>Bytes sent so far by this process and its children; null where there is no <c>ss</c>.</summary>
    public static long? Sent()
    {
        try
        {
            var family = Family();
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
