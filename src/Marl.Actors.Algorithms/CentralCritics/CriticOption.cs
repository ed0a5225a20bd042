using Marl.Actors.Core.Options;

namespace Marl.Actors.Algorithms.CentralCritics;

/// <summary>Options that algorithms with central critics share.</summary>
internal static class CriticOption
{
    public sealed class ActorRateAttribute() : OptionAttribute("Adam's step size of the actors.", 0, 1);

    public sealed class CriticRateAttribute() : OptionAttribute("Adam's step size of the critics.", 0, 1);

    public sealed class TargetRateAttribute() : OptionAttribute("How far the target networks move towards the learning ones after every update, τ.", 0, 1);

    public sealed class CriticHiddenAttribute() : OptionAttribute("Widths of the critics' hidden layers.", 1, 4096);

    public sealed class MaxGradientNormAttribute() : OptionAttribute("Longest gradient, of the actors and of the critics each; longer ones are shortened to it. 0 for no limit.", 0, 1e6);

    public sealed class RewardAttribute() : OptionAttribute("The reward each agent learns from: its own, or the mean or the sum over all agents.");
}
