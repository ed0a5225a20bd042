using Marl.Actors.Core.Options;

namespace Marl.Actors.Algorithms.Learners;

/// <summary>Options that learners of every kind share: a sentence and bounds for each.</summary>
internal static class LearnerOption
{
    public sealed class LearningRateAttribute() : OptionAttribute("Adam's step size α at the beginning.", 0, 1);

    public sealed class LearningRateScheduleAttribute() : OptionAttribute("Course of the learning rate over the run: constant, or linear to 0 at its end.");

    public sealed class GammaAttribute() : OptionAttribute("Discount γ of later rewards, per step.", 0, 1);

    public sealed class MaxGradientNormAttribute() : OptionAttribute("Longest gradient over all parameters together; longer ones are shortened to it. 0 for no limit.", 0, 1e6);

    public sealed class StandardiseRewardsAttribute() : OptionAttribute("Rewards are brought to mean 0 and deviation 1 by the moments of all rewards learned from so far.");

    public sealed class RewardAttribute() : OptionAttribute("The reward an agent learns from: its own, or the mean or the sum over all agents.");

    public sealed class AdamEpsilonAttribute() : OptionAttribute("Adam's ε, added to the root of the second moment.", 0, 1);

    public sealed class BackendAttribute() : OptionAttribute("What computes the networks while learning: fused (a vectorised kernel, no libtorch needed) or torch. Equal to rounding.");

    public sealed class DeviceAttribute() : OptionAttribute("Where the networks are computed while learning: cpu, or cuda with 'backend: torch'.");
}
