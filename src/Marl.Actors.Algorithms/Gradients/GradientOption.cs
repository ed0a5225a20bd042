using Marl.Actors.Core.Options;

namespace Marl.Actors.Algorithms.Gradients;

/// <summary>Options that learners share which send their gradients to servers.</summary>
internal static class GradientOption
{
    public sealed class PartsAttribute() : OptionAttribute("Ranges that parameters and gradients are cut into, each with a server of its own ('each: learner.parts').", 1, 256);
}
