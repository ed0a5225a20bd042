using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Experience.Returns;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>
/// What a critic should have said of a batch, and by how much that exceeds some values: generalised advantages and λ-returns, or
/// returns of n steps; of the world's steps, or of the agent's own transitions where it comes and goes.
/// </summary>
/// <param name="steps">Steps of a batch.</param>
internal sealed class ReturnEstimate(int steps)
{
    private readonly float[] rewards = new float[steps];
    private readonly float[] nextValues = new float[steps];
    private readonly float[] discounts = new float[steps];

    /// <summary>Estimates for one agent.</summary>
    /// <param name="batch">What happened.</param>
    /// <param name="agent">To whom.</param>
    /// <param name="options">How to estimate.</param>
    /// <param name="values">[positions]: what to trust behind the rewards.</param>
    /// <param name="advantages">To fill: [steps], targets less values.</param>
    /// <param name="targets">To fill: [steps].</param>
    public void Run(Batch batch, int agent, PpoOptions options, ReadOnlySpan<float> values, Span<float> advantages, Span<float> targets)
    {
        var here = values[..steps];
        if (!batch.HasFixedRoster)
        {
            OfOwn(batch.Own(agent), options, values, advantages, targets);
        }
        else
        {
            OfSteps(batch, agent, options, values, advantages, targets);
        }

        if (options.ReturnSteps > 0)
        {
            for (var i = 0; i < steps; i++)
            {
                advantages[i] = targets[i] - here[i];
            }
        }
        else
        {
            GeneralisedAdvantage.Targets(advantages, here, targets);
        }
    }

    private static void OfOwn(OwnTransitions own, PpoOptions options, ReadOnlySpan<float> values, Span<float> advantages, Span<float> targets)
    {
        if (options.ReturnSteps > 0)
        {
            own.Returns(values, options.Gamma, options.ReturnSteps, targets);
        }
        else
        {
            own.Advantages(values, options.Gamma, options.Lambda, advantages);
        }
    }

    private void OfSteps(Batch batch, int agent, PpoOptions options, ReadOnlySpan<float> values, Span<float> advantages, Span<float> targets)
    {
        var here = values[..steps];
        var terminated = batch[agent, RolloutMessages.Terminated];
        var truncated = batch[agent, RolloutMessages.Truncated];
        Share(batch, agent, options.Reward);
        GeneralisedAdvantage.NextValues(here, values.Slice(steps, batch.Copies), batch.FinalIndexes, values[(steps + batch.Copies)..], nextValues);
        if (options.ReturnSteps == 0)
        {
            GeneralisedAdvantage.Advantages(batch.Copies, rewards, here, nextValues, terminated, truncated, options.Gamma, options.Lambda, advantages);
            return;
        }

        for (var i = 0; i < steps; i++)
        {
            discounts[i] = (float)options.Gamma * (1 - terminated[i]);
        }

        TruncatedReturns.NStep(batch.Copies, rewards, discounts, nextValues, truncated, options.ReturnSteps, targets);
    }

    /// <summary>The reward of every step, from which the agent learns.</summary>
    private void Share(Batch batch, int agent, RewardShare share)
    {
        if (share == RewardShare.Own)
        {
            batch[agent, RolloutMessages.Reward].CopyTo(rewards);
            return;
        }

        var weight = share == RewardShare.TeamMean ? 1f / batch.Agents : 1;
        for (var i = 0; i < steps; i++)
        {
            var sum = 0f;
            for (var other = 0; other < batch.Agents; other++)
            {
                sum += batch[other, RolloutMessages.Reward][i];
            }

            rewards[i] = weight * sum;
        }
    }
}
