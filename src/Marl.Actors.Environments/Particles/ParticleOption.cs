using Marl.Actors.Core.Options;

namespace Marl.Actors.Environments.Particles;

/// <summary>Options that several particle worlds have.</summary>
internal static class ParticleOption
{
    public sealed class MaxStepsAttribute() : OptionAttribute("Steps after which an episode is cut (max_cycles).", 1, 1_000_000);

    public sealed class IntegrationAttribute() : OptionAttribute("Which of position and velocity moves first; published figures differ by it.");

    public sealed class ActionsAttribute() : OptionAttribute("Five discrete moves, or five pushes in 0..1.");

    public sealed class ObstaclesAttribute() : OptionAttribute("Number of obstacles in the way (num_obstacles).", 0, 64);
}
