using Marl.Actors.Core.Options;

namespace Marl.Actors.Policies.Agents;

/// <summary>Options that several agents have: a sentence and bounds for each.</summary>
internal static class AgentOption
{
    public sealed class PolicyHiddenAttribute() : OptionAttribute("Widths of the policy's hidden layers; empty for a linear policy.", 1, 4096);

    public sealed class NetworkHiddenAttribute() : OptionAttribute("Widths of the network's hidden layers; empty for a linear one.", 1, 4096);

    public sealed class ActivationAttribute() : OptionAttribute("Nonlinearity between the layers.");

    public sealed class MemoryAttribute() : OptionAttribute("Width of a gated recurrent unit before the last layer, with which an agent remembers its episode; 0 for none.", 0, 4096);

    public sealed class RolloutAttribute() : OptionAttribute("Vector steps in one rollout, T: how much an agent gathers in every copy between two updates.", 1, 8192);

    public sealed class RolloutForMemoryAttribute() : OptionAttribute("Vector steps in one rollout, T: how much an agent gathers in every copy before the memory gets it.", 1, 8192);

    public sealed class WarmupAttribute() : OptionAttribute("Environment steps (over all copies) at the beginning in which every action is as likely as any other.", 0, 1e12);
}
