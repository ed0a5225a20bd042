using System.Diagnostics;
using Marl.Actors.Cli.Tests.Processes;

namespace Marl.Actors.Cli.Tests.Kills;

/// <summary>
/// A run on several processes under <c>marl supervise</c>, of which one after another is killed: a random role, the next one
/// when newer checkpoints have been seen since, after a random stretch of the run.
/// </summary>
/// <param name="place">Where it runs, in the folder <c>storm</c>.</param>
/// <param name="gradients">Gradients that a learner makes of a trajectory.</param>
/// <param name="seed">Of whom and when.</param>
/// <param name="told">Told about each kill.</param>
internal sealed class KillStorm(Workplace place, int gradients, int seed, Action<string> told)
{
    private const string Submit = "submit";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5); // for one recovery, on a busy machine

    private readonly Random dice = new(seed);
    private readonly DurableProgress progress = new(place["storm"]);
    private readonly Announcements announced = new(place["storm"]);
    private readonly List<Kill> kills = [];
    private readonly List<TrajectoryCount> counts = [];

    /// <summary>Runs a pipeline to its end.</summary>
    /// <param name="arguments">What stands behind <c>marl run</c>, without <c>--out</c>.</param>
    /// <param name="roles">How many kinds of process there are, this one included; none is killed while one of them is missing.</param>
    /// <param name="many">How many are killed.</param>
    /// <param name="stretch">Environment steps between two kills, at most; the time it takes to get over one comes on top.</param>
    public async Task<StormReport> RunAsync(string[] arguments, int roles, int many, int stretch)
    {
        using var process = place.Start(["supervise", "--", "run", .. arguments, "--out", "storm"]);
        await process.WhenAsync(_ => progress.Look() > 0);
        while (kills.Count < many)
        {
            var next = progress.Look() + dice.Next(stretch);
            await process.WhenAsync(_ => progress.Look() >= next, Longest);
            await Task.Delay(dice.Next(100)); // whatever it does then
            var (role, victim) = await ChooseAsync(process, roles);
            announced.Look(progress.Look);
            var (clock, epoch) = (Stopwatch.StartNew(), progress.Epoch);
            victim.Kill();
            await process.WhenAsync(_ => progress.Epoch > epoch, Longest); // what was under way may still have been saved until then
            var before = progress.Look();
            await process.WhenAsync(_ => progress.Look() > before, Longest);
            kills.Add(new(role, clock.Elapsed));
            Count();
            told($"{kills.Count,4}  {role,-9} {victim.Id,7}  {kills[^1].Recovery.TotalSeconds,6:0.00} s  {progress.Look()} environment steps");
        }

        var outcome = await process.EndAsync(Longest);
        announced.Look(progress.Look);
        Count();
        return new(outcome, kills, progress.Backward, announced, counts.Count, counts.Sum(c => c.Twice), counts.Sum(c => c.Lost), counts[^1]);
    }

    private void Count() => counts.Add(TrajectoryCount.Of(progress.Open(), gradients));

    /// <summary>A role by chance, then one of its processes.</summary>
    private async Task<(string Role, Relative Victim)> ChooseAsync(MarlProcess supervisor, int kinds)
    {
        for (var waiting = Stopwatch.StartNew(); waiting.Elapsed < Longest; await Task.Delay(20))
        {
            var run = Relatives.ChildrenOf(supervisor.Id);
            var workers = run.SelectMany(r => Relatives.ChildrenOf(r.Id)).Where(w => w.After("--join") is not null);
            var roles = run.Select(r => (Role: Submit, Process: r)).Concat(workers.Select(w => (Role: w.After("--roles")!, Process: w)))
                .GroupBy(r => r.Role).OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();
            if (roles.Length == kinds)
            {
                var role = roles[dice.Next(roles.Length)].ToArray();
                return role[dice.Next(role.Length)];
            }
        }

        throw new TimeoutException($"There is nobody to kill. It said:\n{supervisor.Said}");
    }
}
