using System.Diagnostics;
using Marl.Actors.Cli.Tests.Processes;

namespace Marl.Actors.Cli.Tests.Kills;

/// <summary>What a storm came to.</summary>
/// <param name="Outcome">How the supervised run ended.</param>
/// <param name="Kills">Processes killed, by role.</param>
/// <param name="Recoveries">From each kill to a checkpoint that the next epoch has saved.</param>
/// <param name="Backward">Times the newest checkpoint was older than one seen before.</param>
internal sealed record StormReport(Outcome Outcome, IReadOnlyDictionary<string, int> Kills, IReadOnlyList<TimeSpan> Recoveries, int Backward)
{
    /// <summary>For people.</summary>
    public override string ToString()
    {
        var sorted = Recoveries.Order().ToArray();
        return $"""
            kills      {Kills.Values.Sum()} ({string.Join(", ", Kills.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => $"{k.Key} {k.Value}"))})
            recovery   median {Quantile(0.5):0.00} s, p95 {Quantile(0.95):0.00} s, max {Quantile(1):0.00} s
            versions   {Backward} times the newest durable one went back
            """;

        double Quantile(double q) => sorted.Length == 0 ? double.NaN : sorted[(int)Math.Round(q * (sorted.Length - 1))].TotalSeconds;
    }
}

/// <summary>
/// A run on several processes under <c>marl supervise</c>, of which one after another is killed: a random role, the next one
/// when a newer checkpoint has been seen since.
/// </summary>
internal static class KillStorm
{
    private const string Submit = "submit";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5); // for one recovery, on a busy machine

    /// <summary>Runs a pipeline to its end.</summary>
    /// <param name="place">Where.</param>
    /// <param name="arguments">What stands behind <c>marl run</c>, without <c>--out</c>.</param>
    /// <param name="kills">How many.</param>
    /// <param name="seed">Of whom and when.</param>
    /// <param name="told">Told about each kill.</param>
    public static async Task<StormReport> RunAsync(Workplace place, string[] arguments, int kills, int seed, Action<string> told)
    {
        var dice = new Random(seed);
        var watch = new DurableProgress(place["storm"]);
        var (killed, recoveries) = (new SortedDictionary<string, int>(), new List<TimeSpan>());
        using var process = place.Start(["supervise", "--", "run", .. arguments, "--out", "storm"]);
        await process.WhenAsync(_ => watch.Look() > 0);
        while (recoveries.Count < kills)
        {
            await Task.Delay(dice.Next(200)); // whatever it does then
            var (role, victim) = await ChooseAsync(process, dice);
            var (clock, epoch) = (Stopwatch.StartNew(), watch.Epoch);
            victim.Kill();
            killed[role] = killed.GetValueOrDefault(role) + 1;
            await process.WhenAsync(_ => watch.Epoch > epoch, Longest); // what was under way may still have been saved until then
            var before = watch.Look();
            await process.WhenAsync(_ => watch.Look() > before, Longest);
            recoveries.Add(clock.Elapsed);
            told($"{recoveries.Count,4}  {role,-9} {victim.Id,7}  {clock.Elapsed.TotalSeconds,6:0.00} s  {watch.Look()} environment steps");
        }

        return new(await process.EndAsync(Longest), killed, recoveries, watch.Backward);
    }

    /// <summary>A role by chance, then one of its processes.</summary>
    private static async Task<(string Role, Relative Victim)> ChooseAsync(MarlProcess supervisor, Random dice)
    {
        for (var waiting = Stopwatch.StartNew(); waiting.Elapsed < Longest; await Task.Delay(20))
        {
            var run = Relatives.ChildrenOf(supervisor.Id);
            var workers = run.SelectMany(r => Relatives.ChildrenOf(r.Id)).Where(w => w.After("--join") is not null);
            var roles = run.Select(r => (Role: Submit, Process: r)).Concat(workers.Select(w => (Role: w.After("--roles")!, Process: w)))
                .GroupBy(r => r.Role).OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();
            if (roles.Length > 1)
            {
                var role = roles[dice.Next(roles.Length)].ToArray();
                return role[dice.Next(role.Length)];
            }
        }

        throw new TimeoutException($"There is nobody to kill. It said:\n{supervisor.Said}");
    }
}
