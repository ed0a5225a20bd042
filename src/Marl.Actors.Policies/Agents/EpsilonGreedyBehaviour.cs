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
            chosen[copy] = explore < epsilon ? Any(allowed, which) : ActionValues.Best(outputs.Slice(copy * actions, actions), allowed);
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

    private int Any(ReadOnlySpan<float> mask, double share)
    {
        if (mask.Length == 0)
        {
            return (int)(share * actions);
        }

        var left = (int)(share * (mask.Length - mask.Count(0f)));
        for (var action = 0; action < mask.Length; action++)
        {
            if (mask[action] != 0 && left-- == 0)
            {
                return action;
            }
        }

        throw new InvalidOperationException("The world forbids every action in a row of its mask.");
    }
}
