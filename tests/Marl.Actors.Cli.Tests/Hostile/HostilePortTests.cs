using System.Globalization;
using Akka.Actor;
using Akka.Serialization;
using Marl.Actors.Cli.Tests.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Marl.Actors.Cli.Tests.Hostile;

/// <summary>
/// Hostile bytes at the port of a node that hosts a run: it stays, stays small, makes no object that a stranger names, and the
/// run comes to the bits of one that was left alone. <c>MARL_HOSTILE=100000</c> for more than the few of every day.
/// </summary>
public sealed class HostilePortTests(ITestOutputHelper log)
{
    private const int EveryDay = 1_500;
    private const long MostGrowth = 64 << 20;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Mutated_frames_end_no_node_and_no_run()
    {
        if (!OperatingSystem.IsLinux())
        {
            log.WriteLine("Skipped: memory is read the way of Linux.");
            return;
        }

        var frames = int.TryParse(Environment.GetEnvironmentVariable("MARL_HOSTILE"), CultureInfo.InvariantCulture, out var asked) ? asked : EveryDay;
        using var place = new Workplace();
        var (port, honest) = await OverhearAsync(place);
        using var node = place.Start("node", "--listen", $"127.0.0.1:{port}", "--roles", "learn");
        await node.WhenAsync(n => n.Said.Contains("listening on"), Longest);
        using var world = place.Start("node", "--join", $"127.0.0.1:{port}", "--roles", "simulate");
        await world.WhenAsync(n => n.Said.Contains("listening on"), Longest);
        string[] steps = ["run", Workplace.Coordination, "--steps", frames > EveryDay ? "20_000" : "2_000"];
        (await place.MarlAsync([.. steps, "--cluster", $"127.0.0.1:{port}", "--out", "clean"])).Succeeded();
        var before = Memory(node.Id); // of a node that has been through all this once, unharmed
        var attack = Task.Run(() => Attack.SendAsync(port, new(honest, $"akka.tcp://marl@127.0.0.1:{port}", new(1)), frames, new(2)));
        var runs = 0;
        for (; runs == 0 || !attack.IsCompleted; runs++)
        {
            (await place.MarlAsync([.. steps, "--cluster", $"127.0.0.1:{port}", "--out", $"r{runs}"])).Succeeded();
            Assert.Equal(place.Summary("clean").WithoutTimes(), place.Summary($"r{runs}").WithoutTimes());
        }

        var connections = await attack;
        var growth = Memory(node.Id) - before;
        log.WriteLine($"frames     {frames} over {connections} connections, during {runs} runs\noverheard  {honest.Count}\nmemory     {before >> 20} MiB, then {growth >> 20} MiB more");
        Assert.InRange(growth, long.MinValue, MostGrowth);
        node.Signal("TERM");
        (await node.EndAsync(Longest)).Ended(143); // it was there until the end
    }

    /// <summary>What other nodes and a run say to a node; and, through its port, what must not make anything there.</summary>
    private static async Task<(int Port, IReadOnlyList<byte[]> Frames)> OverhearAsync(Workplace place)
    {
        await using var node = await OverheardNode.StartAsync("learn");
        var port = node.Relay.Port;
        using (var world = place.Start("node", "--join", $"127.0.0.1:{port}", "--roles", "simulate"))
        {
            (await place.MarlAsync("run", Workplace.Coordination, "--steps", "400", "--cluster", $"127.0.0.1:{port}", "--out", "overheard")).Succeeded();
        }

        byte[][] honest = [.. node.Relay.Frames];
        Assert.InRange(honest.Length, 50, int.MaxValue);
        var hostile = new HostileFrames(honest, $"akka.tcp://marl@127.0.0.1:{port}", new(3));
        await Attack.SendAsync(port, hostile, 300, new(4));
        Assert.Equal(0, Canary.Made);
        new NewtonSoftJsonSerializer((ExtendedActorSystem)node.System).FromBinary(System.Text.Encoding.UTF8.GetBytes("{\"$type\":\"" + Canary.Name + "\"}"), typeof(object));
        Assert.Equal(1, Canary.Made); // what Akka would have made of it
        return (port, honest);
    }

    private static long Memory(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/status").Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
}
