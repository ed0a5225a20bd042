using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Acting;

namespace Marl.Actors.Policies.Agents;

/// <summary>Samples tanh u, u ~ N(μ, σ²), stretched to the bounds; greedy evaluation takes tanh μ. The first steps of a run may be uniform.</summary>
internal sealed class SquashedGaussianBehaviour(SoftOptions options, StageContext context, Box action, int copies) : IBehaviour
{
    private readonly Squash squash = Squash.Into(action);

    public void Choose(Message step, ReadOnlySpan<float> outputs, Span<float> chosen, Span<float> logProbabilities)
    {
        var random = context.Key.Derive(step.Stamp).Stream();
        if (Exploration.IsUniform(context, step.Stamp, copies, options.Warmup))
        {
            Exploration.Uniform(action, ref random, chosen);
            return;
        }

        for (var i = 0; i < chosen.Length; i++)
        {
            var row = (i / action.Length * 2 * action.Length) + (i % action.Length);
            var mean = Exploration.Finite(outputs[row]);
            chosen[i] = squash.Stretch(Squash.Tanh(context.Greedy
                ? mean
                : SquashedGaussian.Draw(mean, Exploration.Finite(outputs[row + action.Length]), random.NextNormal())));
        }
    }
}
