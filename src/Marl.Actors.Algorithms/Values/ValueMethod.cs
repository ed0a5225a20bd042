using Marl.Actors.Core.Results;
using Marl.Actors.Learning.Mixers;

namespace Marl.Actors.Algorithms.Values;

/// <summary>What tells one algorithm of action values from another.</summary>
/// <param name="Mixing">How the values of agents become what is learned.</param>
/// <param name="Weighting">Weighting by a joint critic; null for none.</param>
internal sealed record ValueMethod(MixerSpec Mixing, JointWeighting? Weighting = null);

/// <summary>A joint critic gives the targets, and what lies above them counts less.</summary>
/// <param name="Overestimated">α of the paper: the weight where the team's value lies above its target.</param>
/// <param name="CriticHidden">Hidden layers of the joint critic.</param>
internal sealed record JointWeighting(double Overestimated, Values<int> CriticHidden);
