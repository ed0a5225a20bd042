using Marl.Actors.Benchmarks.Machines;
using Marl.Actors.Benchmarks.Table;
using Marl.Actors.Benchmarks.Worlds;

namespace Marl.Actors.Benchmarks.Actors;

/// <summary>What is asked of <see cref="AgentScale"/>.</summary>
/// <param name="Agents">A square number.</param>
/// <param name="Copies">Of the world.</param>
/// <param name="AgentSteps">Steps of single agents a measurement.</param>
/// <param name="Repetitions">Measurements.</param>
/// <param name="Seconds">Of the world alone.</param>
internal sealed record ScaleRequest(int Agents, int Copies, long AgentSteps, int Repetitions, double Seconds);

/// <summary>Nanoseconds of processor time of one step of one agent.</summary>
/// <param name="World">The world with what all agents see, and random actions.</param>
/// <param name="Acting">The graph of actors, one an agent: world, messages, policies, rollouts.</param>
internal sealed record ScaleReport(Spread World, Spread Acting);

/// <summary>Team navigation with more and more agents in a field that grows with them.</summary>
internal static class AgentScale
{
    /// <summary>The word that makes this program measure for the table.</summary>
    public const string Word = "agent-scale";

    private const int Rollout = 8;

    public static async Task<int> AnswerAsync(string[] arguments)
    {
        OneCore.Pin();
        var (agents, copies, agentSteps, repetitions, seconds) = Child.Read<ScaleRequest>(arguments).Request;
        var world = WorldSpeed.Rates("environment/team-navigation", copies, repetitions, seconds, ("agents", agents), ("group", 1));
        var vectorSteps = Math.Max(3 * Rollout, agentSteps / agents / copies / Rollout * Rollout);
        var graph = ActingRun.Load("Actors/acting-navigation.yaml", vectorSteps * copies, ("agents", agents), ("copies", copies));
        await ActingRun.SecondsAsync(graph);
        var acting = new double[repetitions];
        for (var i = 0; i < repetitions; i++)
        {
            acting[i] = await ActingRun.ProcessorSecondsAsync(graph) / (vectorSteps * copies * agents) * 1e9;
        }

        return Child.Say(new ScaleReport(Spread.Of(world.Select(rate => 1e9 / rate / agents)), Spread.Of(acting)));
    }
}
