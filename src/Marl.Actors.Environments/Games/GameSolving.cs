using Marl.Actors.Core.Results;
using Marl.Actors.Environments.MatrixGames;
using Marl.Actors.Environments.Poker;

namespace Marl.Actors.Environments.Games;

/// <summary>Solves games whose rules the worlds share: names → how near to an equilibrium a method came, and by which policy.</summary>
public static class GameSolving
{
    /// <summary>The most iterations.</summary>
    public const int MostIterations = 10_000_000;

    private static readonly (string Name, Func<GameTree, Solver> Start)[] OnTrees =
    [
        ("cfr+", tree => Solver.Cfr(tree, isPlus: true)),
        ("cfr", tree => Solver.Cfr(tree, isPlus: false)),
        ("xfp", Solver.Xfp),
        ("psro", tree => Solver.Psro(tree, PolicySpace.Nash)),
        ("psro-replicator", tree => Solver.Psro(tree, PolicySpace.Replicators)),
        ("psro-uniform", tree => Solver.Psro(tree, PolicySpace.Uniform)),
    ];

    private static readonly (string Name, Func<IHand> Start)[] Trees =
    [
        ("kuhn-poker", () => KuhnHand.Start),
        ("leduc-poker", () => LeducHand.Start),
    ];

    private static readonly (string Name, Func<Payoffs, Solver> Start)[] OnMatrices =
    [
        ("regret-matching+", game => MatrixLearning.Solver(game, MatrixLearning.Rule.RegretMatchingPlus)),
        ("regret-matching", game => MatrixLearning.Solver(game, MatrixLearning.Rule.RegretMatching)),
        ("fictitious-play", game => MatrixLearning.Solver(game, MatrixLearning.Rule.FictitiousPlay)),
        ("psro", game => Solver.Psro(GameTree.Of(new MatrixHand(game)), PolicySpace.Nash)),
    ];

    private static readonly (string Name, Payoffs Payoffs)[] Matrices = [.. Payoffs.Named.Where(m => m.Payoffs.IsZeroSum)];

    /// <summary>Each game, by the name of its world, with the methods it can be solved by.</summary>
    public static IReadOnlyDictionary<string, Values<string>> Methods { get; } = Trees
        .Select(t => (t.Name, Methods: OnTrees.Select(m => m.Name)))
        .Concat(Matrices.Select(m => (m.Name, Methods: OnMatrices.Select(o => o.Name))))
        .ToDictionary(g => g.Name, g => g.Methods.ToValues());

    /// <summary>The tree of a game, by the name of its world; null where it has none.</summary>
    internal static GameTree? TreeOf(string game) =>
        Trees.FirstOrDefault(t => t.Name == game).Start is { } start ? GameTree.Of(start())
        : Matrices.FirstOrDefault(m => m.Name == game).Payoffs is { } payoffs ? GameTree.Of(new MatrixHand(payoffs))
        : null;

    /// <summary>The equilibrium of a matrix game, by linear programming; null of games in which players decide more than once, which may have many.</summary>
    internal static Values<SolvedChoice>? EquilibriumOf(string game)
    {
        if (Matrices.FirstOrDefault(m => m.Name == game).Payoffs is not { } payoffs)
        {
            return null;
        }

        var (rows, columns) = PolicySpace.Nash(payoffs.First);
        return Solver.Choices(GameTree.Of(new MatrixHand(payoffs)), [.. rows, .. columns]);
    }

    /// <summary>Solves a game.</summary>
    /// <param name="game">Its name, or a beginning that no other game's name has: <c>kuhn</c>.</param>
    /// <param name="method">One of its <see cref="Methods"/>; the first of them if null.</param>
    /// <param name="iterations">1 to <see cref="MostIterations"/>.</param>
    /// <returns>The solution; else MARL4450 to MARL4452.</returns>
    public static Result<Solution> Solve(string game, string? method, long iterations)
    {
        string[] found = Methods.ContainsKey(game)
            ? [game]
            : [.. Methods.Keys.Where(name => game.Length > 0 && name.StartsWith(game, StringComparison.Ordinal))];
        if (found.Length != 1)
        {
            var sentence = found.Length > 1 ? $"'{game}' may be {string.Join(" or ", found)}." : $"There is no game '{game}' to solve.";
            return Failure(GameCodes.NoSuchGame, sentence, Nearest.Remedy(game, Methods.Keys, "games"));
        }

        method ??= Methods[found[0]][0];
        if (!Methods[found[0]].Contains(method))
        {
            return Failure(GameCodes.NoSuchMethod, $"'{found[0]}' can't be solved by '{method}'.", Nearest.Remedy(method, Methods[found[0]], "methods"));
        }

        return iterations is < 1 or > MostIterations
            ? Failure(GameCodes.Iterations, $"{iterations} iterations can't be done.", $"Ask for 1 to {MostIterations}.")
            : Result.Success(Run(found[0], method, Started(found[0], method), (int)iterations));
    }

    private static Solver Started(string game, string method) => Matrices.FirstOrDefault(m => m.Name == game).Payoffs is { } payoffs
        ? OnMatrices.Single(m => m.Name == method).Start(payoffs)
        : OnTrees.Single(m => m.Name == method).Start(GameTree.Of(Trees.Single(t => t.Name == game).Start()));

    private static Solution Run(string game, string method, Solver solver, int iterations)
    {
        var series = new List<SolvedPoint>();
        for (var iteration = 1; iteration <= iterations; iteration++)
        {
            solver.Iterate();
            if (iteration == iterations || IsMark(iteration))
            {
                var (value, exploitability) = solver.Measure();
                series.Add(new(iteration, value, exploitability));
            }
        }

        return new(game, method, series.ToValues(), solver.Policy());
    }

    // 1, 2, 5, 10, 20, 50, …
    private static bool IsMark(int iteration)
    {
        while (iteration % 10 == 0)
        {
            iteration /= 10;
        }

        return iteration is 1 or 2 or 5;
    }

    private static Result<Solution> Failure(string code, string sentence, string remedy) =>
        Result.Failure<Solution>(new Diagnostic(code, SourceSpan.None, sentence, remedy));
}
