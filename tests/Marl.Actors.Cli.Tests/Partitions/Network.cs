using System.Diagnostics;
using Marl.Actors.Cli.Tests.Processes;

namespace Marl.Actors.Cli.Tests.Partitions;

/// <summary>
/// Machines that are none: network namespaces of Linux, each with an address of its own, on one switch. A cable can be pulled
/// out and put back.
/// </summary>
internal sealed class Network : IDisposable
{
    private const string Switch = "switch";

    private readonly string prefix = $"marl-{Environment.ProcessId}-";
    private readonly List<string> machines = [];

    private Network()
    {
    }

    /// <summary>Lays it out.</summary>
    /// <returns>Or why this machine does not allow it.</returns>
    public static (Network? Network, string? Reason) Of(params string[] names)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/sbin/ip") && !File.Exists("/sbin/ip") && !File.Exists("/usr/bin/ip"))
        {
            return (null, "There is no 'ip' (iproute2) to make network namespaces with.");
        }

        var network = new Network();
        try
        {
            network.Add(Switch);
            network.Ip("-n", network.prefix + Switch, "link", "add", "name", "br0", "type", "bridge");
            network.Ip("-n", network.prefix + Switch, "link", "set", "dev", "br0", "up");
            foreach (var name in names)
            {
                network.Plug(name);
            }

            return (network, null);
        }
        catch (InvalidOperationException e)
        {
            network.Dispose();
            return (null, $"Network namespaces can't be made here (it takes root): {e.Message}");
        }
    }

    /// <summary>The address of a machine.</summary>
    public string Address(string name) => $"10.77.0.{machines.IndexOf(name) + 1}";

    /// <summary>Starts <c>marl</c> on a machine, in a folder.</summary>
    public MarlProcess Start(string name, Workplace place, params string[] arguments) => MarlProcess.Start(place.Path, [], [.. On(name), .. MarlProcess.Program, .. arguments]);

    /// <summary>Pulls a machine's cable out: nothing goes either way, and nobody is told.</summary>
    public void Cut(string name) => Ip("-n", prefix + Switch, "link", "set", "dev", name, "down");

    /// <summary>Puts it back.</summary>
    public void Heal(string name) => Ip("-n", prefix + Switch, "link", "set", "dev", name, "up");

    public void Dispose()
    {
        foreach (var name in machines.Prepend(Switch))
        {
            try
            {
                Ip("netns", "del", prefix + name);
            }
            catch (InvalidOperationException)
            {
                // It never came to be.
            }
        }
    }

    private string[] On(string name) => ["ip", "netns", "exec", prefix + name];

    private void Add(string name)
    {
        Ip("netns", "add", prefix + name);
        Ip("-n", prefix + name, "link", "set", "lo", "up");
    }

    private void Plug(string name)
    {
        Add(name);
        machines.Add(name);
        Ip("-n", prefix + Switch, "link", "add", "name", name, "type", "veth", "peer", "name", "eth0", "netns", prefix + name);
        Ip("-n", prefix + Switch, "link", "set", "dev", name, "master", "br0", "up");
        Ip("-n", prefix + name, "addr", "add", Address(name) + "/24", "dev", "eth0");
        Ip("-n", prefix + name, "link", "set", "eth0", "up");
    }

    /// <exception cref="InvalidOperationException">It said no.</exception>
    private void Ip(params string[] words)
    {
        using var asked = Process.Start(new ProcessStartInfo("ip", words) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = asked.StandardError.ReadToEnd();
        asked.WaitForExit();
        if (asked.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', words)}: {said.ReplaceLineEndings(" ").Trim()}");
        }
    }
}
