using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Acting;

namespace Marl.Actors.Policies.Agents;

/// <summary>
/// Takes tanh of the outputs, stretched to the bounds, and in training adds normal noise, whose deviation changes in a straight line;
/// what then lies outside the bounds is cut to them. Lillicrap et al.: Continuous control with deep reinforcement learning, ICLR 2016,
/// with uncorrelated noise. Evaluation is greedy, or uses the last deviation where the pipeline says <c>actions: sampled</c>.
/// </summary>
internal sealed class DeterministicBehaviour(DeterministicOptions options, StageContext context, Box action, int copies) : IBehaviour
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

        var deviation = Deviation(step.Stamp);
        for (var i = 0; i < chosen.Length; i++)
        {
            var normal = Squash.Tanh(Exploration.Finite(outputs[i]));
            chosen[i] = squash.Stretch(deviation > 0 ? Math.Clamp(normal + (deviation * random.NextNormal()), -1, 1) : normal);
        }
    }

    /// <summary>The noise's deviation at a time, in halves of the bounds' distance.</summary>
    internal double Deviation(Stamp stamp) =>
        context.Purpose != Purpose.Evaluation ? Exploration.Line(options.NoiseStart, options.NoiseEnd, options.NoiseSteps, Exploration.Steps(context, stamp, copies))
        : context.Greedy ? 0
        : options.NoiseEnd;
}
