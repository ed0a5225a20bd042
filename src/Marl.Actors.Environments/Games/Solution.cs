using Marl.Actors.Core.Results;

namespace Marl.Actors.Environments.Games;

/// <summary>What solving a game came to.</summary>
/// <param name="Game">The game's name: <c>kuhn-poker</c>.</param>
/// <param name="Method">The method's name: <c>cfr+</c>.</param>
/// <param name="Series">How it went: after 1, 2, 5, 10, 20, 50, … iterations and after the last.</param>
/// <param name="Policy">The policy at the end.</param>
public sealed record Solution(string Game, string Method, Values<SolvedPoint> Series, Values<SolvedChoice> Policy);

/// <summary>A point of the way to a solution.</summary>
/// <param name="Iteration">Iterations done.</param>
/// <param name="Value">What player 0 gets on average when both play the policy found so far.</param>
/// <param name="Exploitability">Half of NashConv, the sum over both players of what a best response gains: 0 at an equilibrium.</param>
public sealed record SolvedPoint(int Iteration, double Value, double Exploitability);

/// <summary>How likely a player acts in each way.</summary>
/// <param name="Player">0 or 1.</param>
/// <param name="Seen">What it knows; empty in a matrix game.</param>
/// <param name="Actions">The numbers of the actions it may take.</param>
/// <param name="Probabilities">One for each.</param>
public sealed record SolvedChoice(int Player, string Seen, Values<int> Actions, Values<double> Probabilities);
