using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Testing.Contracts;

namespace Marl.Actors.Testing.Worlds;

/// <summary>What a world's fixed facts must be like.</summary>
internal static class SpecRules
{
    public const string Rule = "spec-is-sound";

    public static IEnumerable<ContractFinding> Check(IWorld world, int copies)
    {
        var spec = world.Spec;
        if (world.Copies != copies)
        {
            yield return new(Rule, $"Asked for {copies} copies, the world has {world.Copies}.");
        }

        if (spec.Agents.Count == 0 || spec.Agents.Select(a => a.Name).Distinct().Count() < spec.Agents.Count)
        {
            yield return new(Rule, "A world needs agents, each with a name of its own.");
        }

        if (spec.MaxSteps < 0 || spec.StateWidth < 0)
        {
            yield return new(Rule, "MaxSteps and StateWidth can't be negative.");
        }

        foreach (var agent in spec.Agents)
        {
            if (!IsSound(agent.Observation) || !IsSound(agent.Action))
            {
                yield return new(Rule, $"A space of agent '{agent.Name}' is empty.");
            }

            if (agent.HasMask && agent.Action is not Discrete)
            {
                yield return new(Rule, $"Agent '{agent.Name}' has a mask, but its actions are not discrete.");
            }

            if (agent.NoOp is { } noOp && !agent.Action.Match(d => noOp >= 0 && noOp < d.Count, b => noOp >= b.Low && noOp <= b.High))
            {
                yield return new(Rule, $"The no-op of agent '{agent.Name}' is not one of its actions.");
            }
        }
    }

    private static bool IsSound(Space space) => space.Match(d => d.Count >= 1, b => b.Length >= 1 && b.Low <= b.High);
}
