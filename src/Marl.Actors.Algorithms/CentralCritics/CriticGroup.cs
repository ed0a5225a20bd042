using Marl.Actors.Algorithms.Batches;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.CentralCritics;

/// <summary>
/// The critics of agents that share a policy: Q(x, a₁ … a_n), where x is the world's state, or everything all agents see, and the a are
/// what all of them do; agents that share one are told apart by a one-hot vector behind. Rows as in <see cref="ActorGroup"/>.
/// </summary>
internal sealed class CriticGroup(ActorGroup actor, JointActions joint, int transitions, int items, ITrainableNetwork[] online, ITrainableNetwork[] target) : IDisposable
{
    private readonly int rows = transitions * actor.Agents.Length;
    private readonly float[][] values = [.. online.Select(_ => new float[transitions * actor.Agents.Length])];
    private readonly float[] least = new float[transitions * actor.Agents.Length];
    private readonly float[] actionGradients = new float[transitions * actor.Agents.Length * actor.Width];

    /// <summary>The least value of each row by the last evaluation: [rows].</summary>
    public ReadOnlySpan<float> Least => least;

    /// <summary>The network of a critic.</summary>
    public static NetworkSpec Spec(int view, int joint, int agents, Values<int> hidden) =>
        new(view + joint + (agents > 1 ? agents : 0), hidden, 1, Activation.Relu);

    /// <summary>Evaluates the target critics at what followed, with the actions that would be taken there.</summary>
    public void JudgeNext(Message batch)
    {
        Fill(batch, items, joint.Next, target);
        Evaluate(target);
    }

    /// <summary>
    /// A gradient step's gradients: of the mean of (Q(x, a) − y)² over the rows that are there, for each critic.
    /// </summary>
    /// <param name="batch">What was seen and done.</param>
    /// <param name="targets">y: [rows].</param>
    /// <param name="scale">1 over the number of rows that are there.</param>
    /// <param name="errors">Is told each critic's error on every row that is there; null where nobody wants to know.</param>
    /// <returns>Sums of squared errors over critics, and of least values, over the rows that are there.</returns>
    public (double Squares, double Values) Learn(Message batch, ReadOnlySpan<float> targets, float scale, ItemErrors? errors)
    {
        Fill(batch, 0, joint.Done, online);
        Evaluate(online);
        var filled = batch[BatchMessages.Filled];
        var weights = ItemWeights.Of(batch);
        var (squares, sum) = (0.0, 0.0);
        for (var critic = 0; critic < online.Length; critic++)
        {
            var gradients = online[critic].OutputGradients;
            for (var row = 0; row < rows; row++)
            {
                var transition = row / actor.Agents.Length;
                var error = filled[transition] * (values[critic][row] - targets[row]);
                gradients[row] = 2 * scale * error * (weights.IsEmpty ? 1 : weights[transition % items]);
                if (filled[transition] != 0)
                {
                    errors?.Add(transition, error);
                }

                squares += (double)error * error;
                sum += critic == 0 ? filled[row / actor.Agents.Length] * least[row] : 0;
            }

            online[critic].Backward(rows);
        }

        return (squares, sum);
    }

    /// <summary>
    /// ∂(−mean of the least Q(x, a))/∂a of each agent's own action, where it acts as the policy does now and the others as they did.
    /// </summary>
    /// <returns>[rows, width].</returns>
    public ReadOnlySpan<float> Climb(Message batch, float scale)
    {
        Fill(batch, 0, joint.Done, online);
        for (var row = 0; row < rows; row++)
        {
            foreach (var network in online)
            {
                actor.Actions.Slice(row * actor.Width, actor.Width).CopyTo(network.Inputs[Own(row, network.Spec.Inputs)..]);
            }
        }

        Evaluate(online);
        Array.Clear(actionGradients);
        for (var critic = 0; critic < online.Length; critic++)
        {
            var network = online[critic];
            for (var row = 0; row < rows; row++)
            {
                network.OutputGradients[row] = Chosen(row) == critic ? -scale * batch[BatchMessages.Filled][row / actor.Agents.Length] : 0;
            }

            var inputs = network.InputGradients(rows);
            for (var row = 0; row < rows; row++)
            {
                var from = inputs.Slice(Own(row, network.Spec.Inputs), actor.Width);
                for (var i = 0; i < from.Length; i++)
                {
                    actionGradients[(row * actor.Width) + i] += from[i];
                }
            }
        }

        return actionGradients;
    }

    public void Dispose()
    {
        Array.ForEach(online, n => n.Dispose());
        Array.ForEach(target, n => n.Dispose());
    }

    private static int Field(Message batch) => batch[BatchMessages.State].Length > 0 ? BatchMessages.State : BatchMessages.Observation;

    /// <summary>Where a row's agent's own action begins in the inputs.</summary>
    private int Own(int row, int stride) => (row * stride) + (stride - joint.Width - Identities) + joint.Column(actor.Agents[row % actor.Agents.Length].Index);

    private int Identities => actor.Agents.Length > 1 ? actor.Agents.Length : 0;

    private int Chosen(int row)
    {
        var chosen = 0;
        for (var critic = 1; critic < values.Length; critic++)
        {
            chosen = values[critic][row] < values[chosen][row] ? critic : chosen;
        }

        return chosen;
    }

    private void Evaluate(ITrainableNetwork[] networks)
    {
        for (var critic = 0; critic < networks.Length; critic++)
        {
            networks[critic].Forward(rows).CopyTo(values[critic]);
        }

        for (var row = 0; row < rows; row++)
        {
            least[row] = values[Chosen(row)][row];
        }
    }

    private void Fill(Message batch, int later, ReadOnlySpan<float> actions, ITrainableNetwork[] networks)
    {
        var views = batch[Field(batch)];
        var width = views.Length / (transitions + items);
        var inputs = networks[0].Inputs;
        var stride = networks[0].Spec.Inputs;
        for (var row = 0; row < rows; row++)
        {
            var (transition, agent) = Math.DivRem(row, actor.Agents.Length);
            var to = inputs.Slice(row * stride, stride);
            views.Slice((transition + later) * width, width).CopyTo(to);
            actions.Slice(transition * joint.Width, joint.Width).CopyTo(to[width..]);
            if (Identities > 0)
            {
                var identity = to[(width + joint.Width)..];
                identity.Clear();
                identity[agent] = 1;
            }
        }

        foreach (var network in networks.AsSpan(1))
        {
            inputs[..(rows * stride)].CopyTo(network.Inputs);
        }
    }
}
