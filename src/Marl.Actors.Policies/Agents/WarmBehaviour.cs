using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Policies.Agents;

/// <summary>Samples from a categorical policy, but in the first steps of a training run as if it knew nothing.</summary>
internal sealed class WarmBehaviour(DeterministicOptions options, StageContext context, int actions, int copies) : IBehaviour
{
    private readonly CategoricalBehaviour categorical = new(context, actions);
    private readonly float[] equal = new float[copies * actions]; // logits of the uniform distribution

    public void Choose(Message step, ReadOnlySpan<float> outputs, Span<float> chosen, Span<float> logProbabilities) => categorical.Choose(
        step, Exploration.IsUniform(context, step.Stamp, copies, options.Warmup) ? equal : outputs, chosen, logProbabilities);
}
