using Marl.Actors.Analysis.Communication;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Languages;

/// <summary>What the agents of a run say to each other, and what it is worth.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Seed">Seed of worlds and actions.</param>
/// <param name="Greedy">Likeliest actions and words instead of sampled ones.</param>
/// <param name="Convention">What the figures of episodes mean.</param>
/// <param name="Report">The figures.</param>
/// <param name="Onlookers">Speakers that can do nothing but speak: they are held to what they saw.</param>
/// <param name="Files">What was written.</param>
public sealed record LanguageFindings(
    string Pipeline, long Seed, bool Greedy, ReturnConvention Convention, CommunicationReport Report, Values<string> Onlookers, Values<string> Files);
