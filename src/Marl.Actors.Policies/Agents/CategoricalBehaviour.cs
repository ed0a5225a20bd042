using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Acting;

namespace Marl.Actors.Policies.Agents;

/// <summary>Samples from the distribution the outputs are logits of; greedy evaluation takes the likeliest action.</summary>
internal sealed class CategoricalBehaviour(StageContext context, int actions) : IBehaviour
{
    private readonly CategoricalSampler sampler = new(actions);

    public void Choose(Message step, ReadOnlySpan<float> outputs, Span<float> chosen, Span<float> logProbabilities)
    {
        var mask = step[StepMessages.Mask];
        if (context.Greedy)
        {
            sampler.Likeliest(outputs, mask, chosen, logProbabilities);
        }
        else
        {
            var random = context.Key.Derive(step.Stamp).Stream();
            sampler.Sample(outputs, mask, ref random, chosen, logProbabilities);
        }
    }
}
