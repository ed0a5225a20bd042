using System.Diagnostics;
using System.Globalization;
using Marl.Actors.Cli.Tests.Processes;
using Marl.Actors.Runtime.Cluster.Security;
using Xunit;
using Xunit.Abstractions;

namespace Marl.Actors.Cli.Tests.Partitions;

/// <summary>
/// A cluster over five machines, of which the one that learns is cut off now and then. While it is away another may learn in its
/// place, and never do both; a determinate run comes to the bits of one that was left alone. <c>MARL_CUTS=10</c>, or
/// <c>tests/partitions</c>, for more than the short one of every day.
/// </summary>
public sealed class PartitionTests(ITestOutputHelper log)
{
    private const double Pause = 4;                           // seconds of silence that are put up with, and so
    private const double StableAfter = Pause / 2;             // what ClusterOptions makes of it
    private const int Port = 4053;
    private const string Anchor = "anchor", World = "world", First = "learner-1", Second = "learner-2", Submit = "submit";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly double[] seconds = [30, 1, 10, 3, 20, 2, 5, 15, 7, 25];

    [Fact]
    public async Task A_learner_that_is_cut_off_never_learns_beside_its_successor()
    {
        var (network, reason) = Network.Of(Anchor, World, First, Second, Submit);
        using var machines = network;
        if (network is null)
        {
            log.WriteLine($"Skipped: {reason}");
            return;
        }

        var isLong = int.TryParse(Environment.GetEnvironmentVariable("MARL_CUTS"), CultureInfo.InvariantCulture, out var asked);
        double[] cuts = isLong ? [.. Enumerable.Range(0, asked).Select(i => seconds[i % seconds.Length])] : [1];
        string[] run = ["run", Workplace.Coordination, "--steps", "60_000", "--set", "saved=400"];
        using var place = new Workplace();
        (await place.MarlAsync([.. run, "--out", "clean"])).Succeeded();
        Assert.Empty(ClusterCertificates.Make(place["c"], ["node"], 1, DateTimeOffset.UtcNow).Diagnostics);
        string[] means = ["--certificate", "c/node.pem", "--authority", "c/authority.pem", "--heartbeat-pause", Pause.ToString(CultureInfo.InvariantCulture)];
        var first = $"{network.Address(Anchor)}:{Port}";
        using var anchor = network.Start(Anchor, place, ["node", "--listen", first, "--roles", "none", .. means]);
        await anchor.WhenAsync(n => n.Said.Contains("listening on"), Longest);
        MarlProcess[] nodes = [Node(World, "simulate"), Node(First, "learn"), Node(Second, "learn")];
        try
        {
            await Task.WhenAll(nodes.Select(node => node.WhenAsync(n => n.Said.Contains("listening on"), Longest)));
            for (var (runs, done) = (0, 0); done < cuts.Length; runs++)
            {
                Assert.True(runs < 3 + cuts.Length, "Runs are over before the learner is found: nothing was cut off.");
                done = await CutAsync(network, place, [.. run, "--cluster", first, .. means, "--wait", "120", "--out", $"r{runs}"], $"r{runs}", cuts, done, isLong);
                Assert.Equal(place.Summary("clean").WithoutTimes(), place.Summary($"r{runs}").WithoutTimes());
            }
        }
        finally
        {
            Array.ForEach(nodes, node => node.Dispose());
        }

        MarlProcess Node(string machine, string role) => network.Start(machine, place, [.. isLong ? ["supervise", "--deaths", "100", "--"] : Array.Empty<string>(), "node", "--join", first, "--listen", $"{network.Address(machine)}:{Port}", "--roles", role, .. means]);
    }

    /// <summary>One run, with as many cuts as it lives to see.</summary>
    /// <returns>How many were made, with those before.</returns>
    private async Task<int> CutAsync(Network network, Workplace place, string[] arguments, string folder, double[] cuts, int done, bool isLong)
    {
        using var run = network.Start(Submit, place, arguments);
        await using var commits = new Commits(place[folder]).Begin();
        var ending = run.EndAsync(TimeSpan.FromMinutes(30));
        await Until(() => commits.Newest > 0);
        while (done < cuts.Length && !ending.IsCompleted)
        {
            var victim = await LearnerAsync(network, place, arguments);
            if (victim is null)
            {
                continue; // the run is over, or between two epochs
            }

            network.Cut(victim);
            await Task.Delay(TimeSpan.FromSeconds(cuts[done]));
            network.Heal(victim);
            var (clock, before) = (Stopwatch.StartNew(), commits.Newest);
            await Until(() => commits.Newest > before);
            log.WriteLine($"{done + 1,3}  {victim} cut off for {cuts[done],4} s; the next checkpoint {clock.Elapsed.TotalSeconds,5:0.0} s after healing, of {commits.Newest} steps");
            Assert.True(!isLong || clock.Elapsed.TotalSeconds <= StableAfter + 10, $"no progress for {clock.Elapsed.TotalSeconds:0.0} s after healing; it said:\n{run.Said}");
            done++;
        }

        (await ending).Succeeded();
        await commits.DisposeAsync();
        log.WriteLine($"{folder}: commits by epoch {string.Join(", ", commits.ByEpoch.Select(e => $"{e.Key}: {e.Value}"))}; {commits.Backward} went back; {commits.Torn} updates torn");
        Assert.Equal(0, commits.Backward);
        Assert.Equal(0, commits.Torn);
        return done;

        async Task Until(Func<bool> isSo)
        {
            for (var waiting = Stopwatch.StartNew(); !isSo() && !ending.IsCompleted; await Task.Delay(20))
            {
                Assert.True(waiting.Elapsed < Longest, $"It hangs. It said:\n{run.Said}");
            }
        }
    }

    /// <summary>The machine whose node learns now; null when none does. The one with the world knows: it is part of the run and is never cut off.</summary>
    private static async Task<string?> LearnerAsync(Network network, Workplace place, string[] run)
    {
        using var asking = network.Start(Submit, place, ["cluster", "status", $"{network.Address(World)}:{Port}", .. run.SkipWhile(word => word != "--certificate").Take(4)]);
        var said = (await asking.EndAsync(Longest)).Out;
        var line = said.Split('\n').FirstOrDefault(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, .. var stages] && stages.Any(s => s.Trim(',') == "learner"));
        return line is null ? null : new[] { First, Second }.FirstOrDefault(name => line.StartsWith(network.Address(name) + ":", StringComparison.Ordinal));
    }
}
