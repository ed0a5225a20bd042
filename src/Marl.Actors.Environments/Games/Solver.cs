using Marl.Actors.Core.Results;

namespace Marl.Actors.Environments.Games;

/// <summary>A method at work on a game.</summary>
/// <param name="Iterate">One iteration.</param>
/// <param name="Measure">The value and exploitability of the policy found so far.</param>
/// <param name="Policy">That policy.</param>
internal sealed record Solver(Action Iterate, Func<(double Value, double Exploitability)> Measure, Func<Values<SolvedChoice>> Policy)
{
    /// <summary>A method that works on a tree.</summary>
    /// <param name="tree">The game.</param>
    /// <param name="iterate">One iteration.</param>
    /// <param name="policy">The policy found so far.</param>
    public static Solver OnTree(GameTree tree, Action iterate, Func<double[]> policy) => new(
        iterate,
        () =>
        {
            var found = policy();
            return (Exploitability.Value(tree, found), Exploitability.Of(tree, found));
        },
        () => Choices(tree, policy()));

    /// <summary>CFR, or CFR+.</summary>
    public static Solver Cfr(GameTree tree, bool isPlus)
    {
        var solver = new CounterfactualRegret(tree, isPlus);
        return OnTree(tree, solver.Iterate, solver.Average);
    }

    /// <summary>Fictitious play.</summary>
    public static Solver Xfp(GameTree tree)
    {
        var play = new ExtensiveFictitiousPlay(tree);
        return OnTree(tree, play.Iterate, () => play.Average);
    }

    /// <summary>Policy-space response oracles, with best responses and a meta-solver.</summary>
    public static Solver Psro(GameTree tree, Func<double[,], (double[] Rows, double[] Columns)> meta)
    {
        var space = new PolicySpace(tree, meta);
        return OnTree(tree, space.Iterate, space.Policy);
    }

    /// <summary>A policy, by player and what it knows.</summary>
    internal static Values<SolvedChoice> Choices(GameTree tree, double[] policy) => tree.Sets
        .OrderBy(s => s.Player).ThenBy(s => s.Seen, StringComparer.Ordinal)
        .Select(s => new SolvedChoice(s.Player, s.Seen, s.Actions.ToValues(), policy.Skip(s.Offset).Take(s.Actions.Length).ToValues()))
        .ToValues();
}
