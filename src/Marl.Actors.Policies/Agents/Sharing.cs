using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Policies.Agents;

/// <summary>Which agents of a stage share a policy: all of them, each has its own, or groups of them do.</summary>
/// <param name="SharePolicy">One for all that are in no group.</param>
/// <param name="Groups">The groups.</param>
/// <param name="Identity">Each is told who it is.</param>
public sealed record Sharing(
    [Option("All agents of the stage share one network, and learn from each other's experience; otherwise each has its own. Agents of a group share the group's.")] bool SharePolicy = true,
    [Option("Groups of agents that share a network apart from the others, by the beginnings of their names: with [adversary, agent] adversary-0, adversary-1 … share one, agent-0, agent-1 … another; agent-0+agent-2 is a group of two.", Default = "")] Values<string> Groups = default,
    [Option("Agents that share a network are told which of them they are, as a one-hot vector behind the observation.")] bool Identity = false)
{
    private const int Shown = 8; // names in a sentence

    /// <summary>The name of an agent's policy: the stage's where all share it, else <c>stage/group</c> or <c>stage/agent</c>.</summary>
    public string Group(string stage, string agent)
    {
        var group = Groups.FirstOrDefault(g => Holds(g, agent));
        return group is not null ? $"{stage}/{group}" : SharePolicy || agent.Length == 0 ? stage : $"{stage}/{agent}";
    }

    /// <summary>How many agents share an agent's policy, and which of them it is, from 0.</summary>
    public (int Place, int Count) Place(Values<string> agents, int index)
    {
        var group = Group("", agents[index]);
        var sharing = Enumerable.Range(0, agents.Count).Where(i => Group("", agents[i]) == group).ToList();
        return (sharing.IndexOf(index), sharing.Count);
    }

    /// <summary>Numbers behind an agent's observation that tell it who it is: one for each agent that shares its policy.</summary>
    public int Identities(Values<string> agents, int index) => Identity && Place(agents, index).Count is > 1 and var count ? count : 0;

    /// <summary>What is wrong with the groups, for these agents.</summary>
    public IEnumerable<(string Option, string Sentence)> Conflicts(Values<string> agents)
    {
        var names = $"{string.Join(", ", agents.Take(Shown))}{(agents.Count > Shown ? ", …" : "")}";
        foreach (var part in Groups.SelectMany(g => g.Split('+')).Where(part => !agents.Any(a => Begins(part, a))))
        {
            yield return ("groups", $"No agent's name is '{part}' or begins with '{part}-': there {(agents is [""] ? "is one agent without a name" : $"are {names}")}.");
        }

        foreach (var agent in agents)
        {
            if (Groups.Where(g => Holds(g, agent)).Take(2).ToList() is [var first, var second])
            {
                yield return ("groups", $"Agent '{agent}' stands in two groups, '{first}' and '{second}'.");
            }
        }
    }

    private static bool Holds(string group, string agent) => group.Split('+').Any(part => Begins(part, agent));

    /// <summary>Whether an agent is named in a list of names and their beginnings.</summary>
    internal static bool Names(Values<string> list, string agent) => list.Any(part => Begins(part, agent));

    private static bool Begins(string part, string agent) => part.Length > 0 && (agent == part || agent.StartsWith(part + "-", StringComparison.Ordinal));
}
