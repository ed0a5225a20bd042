using Marl.Actors.Analysis.Statistics;

namespace Marl.Actors.Evaluations;

/// <summary>What saved policies showed, and how they were measured.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Seed">Seed of worlds and actions.</param>
/// <param name="Greedy">Likeliest actions instead of sampled ones.</param>
/// <param name="Scores">The episodes.</param>
public sealed record PolicyScores(string Pipeline, long Seed, bool Greedy, EvaluationScores Scores);
