using Marl.Actors.Core.Results;
using Marl.Actors.Environments.MatrixGames;

namespace Marl.Actors.Environments.Games;

/// <summary>The equilibria of the matrix games that are worlds, of common, opposed and mixed interests.</summary>
public static class MatrixEquilibria
{
    /// <summary>Names of the games, as of their worlds.</summary>
    public static Values<string> Games { get; } = Payoffs.Named.Select(m => m.Name).ToValues();

    /// <summary>Those of a game in which both mix equally many actions: all there are unless it is degenerate.</summary>
    /// <param name="game">One of <see cref="Games"/>.</param>
    /// <returns>The equilibria, those that mix the fewest actions first; else MARL4701.</returns>
    public static Result<Values<Equilibrium>> Of(string game) => Payoffs.Named.FirstOrDefault(m => m.Name == game).Payoffs is { } payoffs
        ? Result.Success(SupportEnumeration.Of(payoffs).ToValues())
        : Result.Failure<Values<Equilibrium>>(new Diagnostic(
            GameCodes.NoSuchMatrix, SourceSpan.None, $"There is no matrix game '{game}'.", Nearest.Remedy(game, Games, "matrix games")));
}
