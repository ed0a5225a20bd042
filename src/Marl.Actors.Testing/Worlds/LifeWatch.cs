using Marl.Actors.Core.Worlds;
using Marl.Actors.Testing.Contracts;

namespace Marl.Actors.Testing.Worlds;

/// <summary>Watches the lives of agents that come and go: who has a transition under way, and who is paid without one.</summary>
internal sealed class LifeWatch(WorldSpec spec, int copies, List<ContractFinding> findings)
{
    private readonly bool[] isUnderWay = new bool[spec.Agents.Count * copies];

    /// <summary>A new episode begins.</summary>
    public void Forget(int copy)
    {
        for (var agent = 0; agent < spec.Agents.Count; agent++)
        {
            isUnderWay[(agent * copies) + copy] = false;
        }
    }

    /// <summary>A step has been done.</summary>
    /// <param name="step">Which.</param>
    /// <param name="before">What was seen before it.</param>
    /// <param name="rewards">[agents, copies].</param>
    /// <param name="departed">[agents, copies]: whose life it ended.</param>
    public void Watch(int step, WorldView before, ReadOnlySpan<float> rewards, ReadOnlySpan<float> departed)
    {
        for (var agent = 0; agent < spec.Agents.Count; agent++)
        {
            for (var copy = 0; copy < copies; copy++)
            {
                var at = (agent * copies) + copy;
                isUnderWay[at] |= before.IsActive(agent, copy);
                Check(agent, step, isUnderWay[at], rewards[at], departed[at]);
                isUnderWay[at] &= departed[at] == 0;
            }
        }
    }

    private void Check(int agent, int step, bool isUnderWay, float reward, float departed)
    {
        var name = spec.Agents[agent].Name;
        if (departed is not (0 or 1))
        {
            findings.Add(new("flags-are-0-or-1", $"A departed flag of agent '{name}' at step {step} is neither 0 nor 1."));
        }

        if (!isUnderWay && reward != 0)
        {
            findings.Add(new("only-transitions-are-paid", $"Agent '{name}' was paid at step {step} without a transition under way: before its first turn, or after its end."));
        }

        if (!isUnderWay && departed != 0)
        {
            findings.Add(new("only-the-living-depart", $"Agent '{name}' departed at step {step} without a transition under way: before its first turn, or a second time."));
        }
    }
}
