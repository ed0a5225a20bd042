using Marl.Actors.Cli.Tests.Processes;

namespace Marl.Actors.Cli.Tests.Kills;

/// <summary>A kill and what it took to get over it.</summary>
/// <param name="Role">Whose process it was.</param>
/// <param name="Recovery">From the kill to a checkpoint that the next epoch has saved.</param>
internal readonly record struct Kill(string Role, TimeSpan Recovery);

/// <summary>What a storm came to.</summary>
/// <param name="Outcome">How the supervised run ended.</param>
/// <param name="Kills">In order.</param>
/// <param name="Backward">Times the newest checkpoint was older than one seen before.</param>
/// <param name="Announced">The versions that were announced.</param>
/// <param name="Looked">Checkpoints whose trajectories were counted.</param>
/// <param name="Twice">Trajectories applied twice in any of them.</param>
/// <param name="Lost">Trajectories lost in any of them.</param>
/// <param name="Final">The trajectories of the last one.</param>
internal sealed record StormReport(
    Outcome Outcome, IReadOnlyList<Kill> Kills, int Backward, Announcements Announced, int Looked, long Twice, long Lost, TrajectoryCount Final)
{
    /// <summary>For people.</summary>
    public override string ToString() => $"""
        recovery          kills   median      p99    worst
        {string.Join('\n', Kills.GroupBy(k => k.Role).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Line(g.Key, [.. g])))}
        {Line("all", Kills)}
        versions          {Announced.Count} announced, {Announced.Early} before they were saved, {Announced.Lost} lost, {Announced.Gaps} left out; the newest saved one went back {Backward} times
        trajectories      {Final.Made} made, {Final.Applied} applied; in {Looked} checkpoints {Twice} applied twice, {Lost} lost
        """;

    private static string Line(string name, IReadOnlyList<Kill> kills)
    {
        var sorted = kills.Select(k => k.Recovery.TotalSeconds).Order().ToArray();
        return $"  {name,-12} {kills.Count,8} {At(0.5),6:0.00} s {At(0.99),6:0.00} s {At(1),6:0.00} s";

        double At(double quantile) => sorted.Length == 0 ? double.NaN : sorted[(int)Math.Round(quantile * (sorted.Length - 1))];
    }
}
