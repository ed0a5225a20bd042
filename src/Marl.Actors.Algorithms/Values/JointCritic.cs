using Marl.Actors.Algorithms.Batches;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Values;

/// <summary>
/// The value of a joint action without any restriction, Q̂(s, u): a network that sees the state and, as one-hot vectors, what every agent
/// does (zeros of who is absent). It gives the targets where a mixer can't be trusted to. Rashid et al.: Weighted QMIX, NeurIPS 2020, section 4; there Q̂ mixes
/// utilities of agents' networks of its own, here it sees the actions themselves.
/// </summary>
internal sealed class JointCritic : IDisposable
{
    /// <summary>In place of an action, of who is absent.</summary>
    public const float Nothing = -1;

    private readonly ITrainableNetwork online;
    private readonly ITrainableNetwork target;
    private readonly int transitions;
    private readonly int items;
    private readonly int[] counts; // by agent: its actions

    public JointCritic(NetworkSpec spec, Values<BatchAgent> agents, int transitions, int items, Func<NetworkSpec, bool, ITrainableNetwork> make)
    {
        (online, target) = (make(spec, false), make(spec, true));
        (this.transitions, this.items) = (transitions, items);
        counts = [.. agents.Select(Actions)];
    }

    /// <summary>The network for a state and a team.</summary>
    public static NetworkSpec Spec(int stateWidth, Values<BatchAgent> agents, Values<int> hidden) =>
        new(stateWidth + agents.Sum(Actions), hidden, 1, Activation.Relu);

    /// <summary>First parameters.</summary>
    public static void Initialise(NetworkSpec spec, Span<float> parameters, RandomKey key) => Initialisation.Uniform(spec, key).CopyTo(parameters);

    /// <summary>Q̂⁻ of the next states and the given actions.</summary>
    /// <param name="batch">Whose states.</param>
    /// <param name="actions">[transitions, agents].</param>
    /// <param name="values">To fill: [transitions].</param>
    public void Next(Message batch, ReadOnlySpan<float> actions, Span<float> values)
    {
        Fill(batch, items, actions, target.Inputs);
        target.Forward(transitions).CopyTo(values);
    }

    /// <summary>A step towards the targets: the gradient of the mean of (Q̂(s, u) − y)² over the transitions that are there.</summary>
    /// <param name="batch">What was seen and done.</param>
    /// <param name="targets">y: [transitions].</param>
    /// <param name="scale">2 over the number of transitions.</param>
    /// <param name="lives">Where a team's transitions begin, if agents come and go.</param>
    public void Learn(Message batch, ReadOnlySpan<float> targets, float scale, Lives? lives)
    {
        var filled = batch[BatchMessages.Filled];
        Fill(batch, 0, batch[BatchMessages.Action], online.Inputs);
        var values = online.Forward(transitions);
        var weights = ItemWeights.Of(batch);
        for (var i = 0; i < transitions; i++)
        {
            online.OutputGradients[i] = lives?.Begins(i, 0) is false ? 0 : filled[i] * scale * (values[i] - targets[i]) * (weights.IsEmpty ? 1 : weights[i % items]);
        }

        online.Backward(transitions);
    }

    public void Dispose()
    {
        online.Dispose();
        target.Dispose();
    }

    private static int Actions(BatchAgent agent) => agent.Action.Match(discrete => discrete.Count, box => box.Length);

    /// <summary>Rows of (state, one-hot actions); the states are <paramref name="later"/> positions behind the actions.</summary>
    private void Fill(Message batch, int later, ReadOnlySpan<float> actions, Span<float> inputs)
    {
        var states = batch[BatchMessages.State];
        var active = batch.Has(BatchMessages.Active) ? batch[BatchMessages.Active] : [];
        var (width, stride) = (states.Length / (transitions + items), online.Spec.Inputs);
        for (var i = 0; i < transitions; i++)
        {
            var row = inputs.Slice(i * stride, stride);
            row.Clear();
            states.Slice((i + later) * width, width).CopyTo(row);
            row = row[width..];
            for (var agent = 0; agent < counts.Length; agent++)
            {
                if (Lives.IsThere(active, i + later, counts.Length, agent))
                {
                    row[(int)actions[(i * counts.Length) + agent]] = 1;
                }

                row = row[counts[agent]..];
            }
        }
    }
}
