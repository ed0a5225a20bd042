using System.Globalization;
using System.Text.RegularExpressions;
using Marl.Actors.Core.Stages;
using Marl.Actors.Runtime.Checkpoints;

namespace Marl.Actors.Cli.Tests.Kills;

/// <summary>
/// The trajectories of a checkpoint of learners with parameter servers, counted by all who handle them, each in a process of
/// its own: the agents that made them, the learners that made gradients of them, the servers that took those.
/// </summary>
/// <param name="Made">By the acting agents.</param>
/// <param name="Applied">By the learners.</param>
/// <param name="Twice">Applied by a learner or a server beyond what was made for it.</param>
/// <param name="Lost">Made, but not applied by its learner and every server.</param>
internal sealed partial record TrajectoryCount(long Made, long Applied, long Twice, long Lost)
{
    /// <summary>Counts those of a checkpoint.</summary>
    /// <param name="state">The checkpoint.</param>
    /// <param name="gradients">Gradients that a learner makes of a trajectory.</param>
    public static TrajectoryCount Of(Checkpoint state, int gradients)
    {
        var made = Counters(state, Agent(), cell => cell.GetOne<int>("rollout.update"));
        var applied = Counters(state, Learner(), cell => cell.Get<long>("learner.time")[0]);
        var served = state.Cells.Where(c => Server().IsMatch(c.Key)).Select(c => c.Value.Get<long>("server.clocks")).ToArray();
        if (made.Length == 0 || made.Length != applied.Length || served.Length == 0)
        {
            throw new InvalidOperationException($"This is not the checkpoint of learners with servers: {string.Join(", ", state.Cells.Keys)}");
        }

        long[] beyond =
        [
            .. applied.Select((count, shard) => count - made[shard]),
            .. served.SelectMany(server => server.Select((count, shard) => (count / gradients) - made[shard])),
        ];
        return new(made.Sum(), applied.Sum(), beyond.Sum(b => Math.Max(b, 0)), beyond.Sum(b => Math.Max(-b, 0)));
    }

    /// <summary>What the cells of each shard say, in the order of the shards.</summary>
    private static long[] Counters(Checkpoint state, Regex names, Func<StageSnapshot, long> counter) =>
    [
        .. state.Cells.Select(c => (Name: names.Match(c.Key), State: c.Value)).Where(c => c.Name.Success)
            .OrderBy(c => int.Parse(c.Name.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).Select(c => counter(c.State)),
    ];

    [GeneratedRegex("^agent/([0-9]+)[.]agent-0$")]
    private static partial Regex Agent();

    [GeneratedRegex("^learner/([0-9]+)$")]
    private static partial Regex Learner();

    [GeneratedRegex("^server(/part-[0-9]+)?$")]
    private static partial Regex Server();
}
