using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Policies.Agents;

/// <summary>
/// Takes the action of greatest value, but with probability ε any allowed one. Watkins 1989; ε falls in a straight line over the
/// first environment steps. Evaluation is greedy, or uses the last ε where the pipeline says <c>actions: sampled</c>.
/// </summary>
internal sealed class EpsilonGreedyBehaviour(ValueOptions options, StageContext context, int actions, int copies) : IBehaviour
{
    public void Choose(Message step, ReadOnlySpan<float> outputs, Span<float> chosen, Span<float> logProbabilities)
    {
        var mask = step[StepMessages.Mask];
        var epsilon = Epsilon(step.Stamp);
        var random = context.Key.Derive(step.Stamp).Stream();
        for (var copy = 0; copy < chosen.Length; copy++)
        {
            var allowed = mask.Length == 0 ? mask : mask.Slice(copy * actions, actions);
            var (explore, which) = (random.NextDouble(), random.NextDouble()); // both in any case: a row's draws are its own
            chosen[copy] = explore < epsilon ? ActionValues.Any(allowed, actions, which) : ActionValues.Best(outputs.Slice(copy * actions, actions), allowed);
        }
    }

    /// <summary>ε at a time.</summary>
    internal double Epsilon(Stamp stamp)
    {
        if (context.Purpose == Purpose.Evaluation)
        {
            return context.Greedy ? 0 : options.EpsilonEnd;
        }

        return Exploration.Line(options.EpsilonStart, options.EpsilonEnd, options.EpsilonSteps, Exploration.Steps(context, stamp, copies));
    }
}
