using Marl.Actors.Core.Options;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>Options that algorithms share which learn by a critic from what their policies just did: PPO and its kin.</summary>
internal static class PpoOption
{
    public sealed class EpochsAttribute() : OptionAttribute("Passes over each batch of rollouts.", 1, 1000);

    public sealed class MinibatchesAttribute() : OptionAttribute("Parts each pass is divided into at random; each gives one optimiser step.", 1, 4096);

    public sealed class LambdaAttribute() : OptionAttribute("λ of generalised advantage estimation: 0 trusts the critic, 1 only the rewards.", 0, 1);

    public sealed class ClipAttribute() : OptionAttribute("How far the ratio of new to old probability may leave 1 before a sample stops pulling, ε.", 0.001, 10);

    public sealed class EntropyAttribute() : OptionAttribute("Weight of the policy's entropy (nats) in the objective, at the beginning; more explores longer.", 0, 10);

    public sealed class EntropyEndAttribute() : OptionAttribute("Weight of the entropy at the end of the run, in a straight line from the first; -1 keeps the first.", -1, 10);

    public sealed class ValueWeightAttribute() : OptionAttribute("Weight of the critic's loss, the mean of half the squared error.", 0, 100);

    public sealed class ValueClipAttribute() : OptionAttribute("How far (in normalised units) a new value may leave the old before a sample stops pulling the critic; 0 for no limit.", 0, 100);

    public sealed class HiddenAttribute() : OptionAttribute("Widths of the critic's hidden layers; empty for a linear critic.", 1, 4096);

    public sealed class HiddenOfEachAttribute() : OptionAttribute("Widths of the critics' hidden layers; empty for linear critics.", 1, 4096);

    public sealed class ActivationAttribute() : OptionAttribute("Nonlinearity between the critic's layers.");

    public sealed class ActivationOfEachAttribute() : OptionAttribute("Nonlinearity between the critics' layers.");

    public sealed class NormaliseAdvantagesAttribute() : OptionAttribute("Advantages are brought to mean 0 and deviation 1 over each batch.");

    public sealed class ValueNormalisationAttribute() : OptionAttribute("The critic's targets are brought to mean 0 and deviation 1 by the moments of none, all (running) or recent (exponential) targets.");
}
