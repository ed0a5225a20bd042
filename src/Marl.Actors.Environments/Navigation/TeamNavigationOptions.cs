using Marl.Actors.Core.Options;

namespace Marl.Actors.Environments.Navigation;

/// <summary>What an agent of team navigation observes.</summary>
public enum NavigationView
{
    /// <summary>What is near it: as many numbers however many agents there are.</summary>
    Local,

    /// <summary>That, and where all agents and landmarks are.</summary>
    Joint,
}

/// <summary>The options of <c>environment/team-navigation</c>.</summary>
public sealed record TeamNavigationOptions(
    [Option("Agents, landmarks, and cells of the square field, one landmark in each: a square number.", Minimum = 4, Maximum = 1024)] int Agents = 4,
    [Option("Agents that begin side by side: 0 to 3 at one random place, 4 to 7 at another, and so on.", Minimum = 1, Maximum = 1024)] int Group = 4,
    [Option("How far an agent sees landmarks and other agents, in cells.", Minimum = 0, Maximum = 2)] double Sight = 1,
    [Option("What an agent observes: what is near, or everything.")] NavigationView View = NavigationView.Local,
    [Option("Steps after which an episode is cut.", Minimum = 1, Maximum = 1_000_000)] int MaxSteps = 32)
{
    /// <summary>Cells in a row.</summary>
    internal int Side => (int)Math.Sqrt(Agents);

    /// <summary>What can't be together.</summary>
    internal IEnumerable<(string Option, string Sentence)> Conflicts()
    {
        if (Side * Side != Agents)
        {
            yield return ("agents", $"{Agents} cells make no square field: use {Side * Side} or {(Side + 1) * (Side + 1)}.");
        }

        if (Agents % Group != 0)
        {
            yield return ("group", $"{Agents} agents can't be divided into groups of {Group}.");
        }
    }
}
