using Marl.Actors.Core.Messages;

namespace Marl.Actors.Policies.Agents;

/// <summary>How an agent chooses from what its network says.</summary>
internal interface IBehaviour
{
    /// <summary>Chooses one action a copy.</summary>
    /// <param name="step">What the world showed; draws derive from its stamp.</param>
    /// <param name="outputs">The network's: [copies, outputs].</param>
    /// <param name="chosen">To fill: [copies, width of the action].</param>
    /// <param name="logProbabilities">To fill by behaviours that are a distribution: [copies].</param>
    void Choose(Message step, ReadOnlySpan<float> outputs, Span<float> chosen, Span<float> logProbabilities);
}
