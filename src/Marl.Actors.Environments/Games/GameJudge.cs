using Marl.Actors.Core.Results;

namespace Marl.Actors.Environments.Games;

/// <summary>Judges policies of a world whose rules can be written out, exactly: each alone, and the average of those so far.</summary>
public sealed class GameJudge
{
    private readonly GameTree tree;
    private readonly Mixture mixture;

    private GameJudge(GameTree tree, Values<SolvedChoice>? equilibrium) => (this.tree, mixture, Equilibrium) = (tree, new(tree), equilibrium);

    /// <summary>The probability of each allowed action.</summary>
    /// <param name="player">0 or 1.</param>
    /// <param name="observation">What it observes.</param>
    /// <param name="actions">The actions the rules allow, ascending.</param>
    /// <param name="probabilities">To fill: one for each of them.</param>
    public delegate void Behaviour(int player, ReadOnlySpan<float> observation, ReadOnlySpan<int> actions, Span<double> probabilities);

    /// <summary>The judge of a world; null where its rules can't be written out.</summary>
    /// <param name="world">Its name: <c>kuhn-poker</c>.</param>
    public static GameJudge? Of(string world) => GameSolving.TreeOf(world) is { } tree ? new(tree, GameSolving.EquilibriumOf(world)) : null;

    /// <summary>Numbers in what a player observes.</summary>
    public int Width => tree.Sets[0].Observation.Length;

    /// <summary>How both act in the game's equilibrium, by linear programming; null where players decide more than once: there may be many.</summary>
    public Values<SolvedChoice>? Equilibrium { get; }

    /// <summary>Judges a policy, which joins the average.</summary>
    /// <param name="behaviour">It.</param>
    /// <param name="weight">How much it counts there.</param>
    public JudgedPolicy Judge(Behaviour behaviour, double weight)
    {
        var policy = new double[tree.Width];
        foreach (var set in tree.Sets)
        {
            behaviour(set.Player, set.Observation, set.Actions, policy.AsSpan(set.Offset, set.Actions.Length));
        }

        mixture.Add(policy, weight, weight);
        var average = mixture.Behaviour();
        return new(Exploitability.Of(tree, policy), Exploitability.Of(tree, average), Exploitability.Value(tree, average), Solver.Choices(tree, policy), Solver.Choices(tree, average));
    }
}

/// <summary>What a policy and the average with it are worth.</summary>
/// <param name="Exploitability">Half of what best responses to both players gain: 0 at an equilibrium.</param>
/// <param name="Average">The same of the average so far, by realisation weights.</param>
/// <param name="Value">What player 0 gets on average when both play the average.</param>
/// <param name="Choices">How the policy acts.</param>
/// <param name="AverageChoices">How the average acts.</param>
public sealed record JudgedPolicy(double Exploitability, double Average, double Value, Values<SolvedChoice> Choices, Values<SolvedChoice> AverageChoices);
