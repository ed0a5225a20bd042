using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Values;

/// <summary>
/// Agents that share a network: computes their action values at all positions of a batch, and takes the gradient back. A row is
/// (position, agent of the group), agents innermost.
/// </summary>
internal sealed class ValueGroup(AgentGroup group, int positions, int moments, ITrainableNetwork online, ITrainableNetwork target) : IDisposable
{
    private readonly PolicySpec spec = group.Spec;
    private readonly GroupAgent[] agents = group.Agents;
    private readonly float[] values = new float[positions * group.Agents.Length * group.Spec.Choices];       // of the learning network
    private readonly float[] targetValues = new float[positions * group.Agents.Length * group.Spec.Choices];

    /// <summary>Who they are, and what they share.</summary>
    public AgentGroup Group => group;

    /// <summary>Evaluates the learning network at all positions: observations are [positions, all agents' widths].</summary>
    public void Evaluate(ReadOnlySpan<float> observations)
    {
        Fill(observations, online.Inputs);
        online.Forward(positions * agents.Length, moments).CopyTo(values);
        online.OutputGradients.Clear();
    }

    /// <summary>The same with the target network; both may be done at the same time.</summary>
    public void EvaluateTarget(ReadOnlySpan<float> observations)
    {
        Fill(observations, target.Inputs);
        target.Forward(positions * agents.Length, moments).CopyTo(targetValues);
    }

    /// <summary>The learning network's values of an agent's actions at a position.</summary>
    public ReadOnlySpan<float> Values(int position, int agent) => Row(values, position, agent);

    /// <summary>The target network's.</summary>
    public ReadOnlySpan<float> TargetValues(int position, int agent) => Row(targetValues, position, agent);

    /// <summary>Sets ∂loss/∂Q(position, agent, action); all others are 0.</summary>
    public void Blame(int position, int agent, int action, float gradient) =>
        online.OutputGradients[(((position * agents.Length) + agent) * spec.Choices) + action] = gradient;

    /// <summary>Carries the gradients back to the parameters.</summary>
    public void Backward() => online.Backward(positions * agents.Length);

    public void Dispose()
    {
        online.Dispose();
        target.Dispose();
    }

    private ReadOnlySpan<float> Row(float[] table, int position, int agent) =>
        table.AsSpan(((position * agents.Length) + agent) * spec.Choices, spec.Choices);

    private void Fill(ReadOnlySpan<float> observations, Span<float> inputs)
    {
        var (stride, width) = (observations.Length / positions, spec.Network.Inputs);
        for (var row = 0; row < positions * agents.Length; row++)
        {
            var (position, agent) = Math.DivRem(row, agents.Length);
            var observation = observations.Slice((position * stride) + agents[agent].Observation, spec.Observation.Width);
            ObservationRows.Write(spec, agent, observation, inputs.Slice(row * width, width));
        }
    }
}
