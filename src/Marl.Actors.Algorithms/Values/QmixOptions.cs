using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Algorithms.Values;

/// <summary>Options of <c>algorithm/qmix</c>.</summary>
/// <param name="Embedding">E.</param>
/// <param name="MixerHidden">Hidden layers of the weights' networks.</param>
/// <param name="Learning">What every learner of action values has.</param>
public sealed record QmixOptions(
    [Option("Width of the mixing network's hidden layer.", Minimum = 1, Maximum = 4096)] int Embedding = 32,
    [Option("Hidden layers of the networks that give the mixing weights; empty for linear ones.", Default = "64", Minimum = 1, Maximum = 4096)] Values<int> MixerHidden = default,
    [OptionGroup] ValueLearnerOptions? Learning = null)
{
    /// <summary>Hidden layers of the weights' networks; 64 unless given.</summary>
    public Values<int> MixerHidden { get; init; } = MixerHidden.IsDefault ? [64] : MixerHidden;

    /// <summary>What every learner of action values has.</summary>
    public ValueLearnerOptions Learning { get; init; } = Learning ?? new();
}

/// <summary>Options of <c>algorithm/weighted-qmix</c>.</summary>
/// <param name="Overestimated">Weight of overestimated transitions.</param>
/// <param name="CriticHidden">Hidden layers of the joint critic.</param>
/// <param name="Mixing">What QMIX has.</param>
public sealed record WeightedQmixOptions(
    [Option("Weight of the transitions whose value lies above its target, against 1 for those below; 1 is QMIX with a joint critic's targets.", Minimum = 0, Maximum = 1)] double Overestimated = 0.1,
    [Option("Hidden layers of the joint critic, which sees the state and what every agent does.", Default = "64, 64", Minimum = 1, Maximum = 4096)] Values<int> CriticHidden = default,
    [OptionGroup] QmixOptions? Mixing = null)
{
    /// <summary>Hidden layers of the joint critic; 64, 64 unless given.</summary>
    public Values<int> CriticHidden { get; init; } = CriticHidden.IsDefault ? [64, 64] : CriticHidden;

    /// <summary>What QMIX has.</summary>
    public QmixOptions Mixing { get; init; } = Mixing ?? new();
}
