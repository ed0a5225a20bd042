using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Groups;

/// <summary>Sends policies to the agents that follow them: one message a policy, the same to each of its agents.</summary>
/// <param name="port">The output.</param>
/// <param name="groups">The policies, and who follows them.</param>
/// <param name="parameters">The parameters of the policy of that number.</param>
internal sealed class PolicyWeights(int port, IEnumerable<(PolicySpec Policy, int[] Agents)> groups, Func<int, ReadOnlySpan<float>> parameters)
{
    private readonly (MessagePool Pool, int[] Agents)[] groups =
        [.. groups.Select(g => (new MessagePool(WeightsMessages.Layout(g.Policy.Parameters)), g.Agents))];

    /// <summary>The output of a learner that sends them.</summary>
    public static OutputPort Port { get; } = new("weights", WeightsMessages.Kind, "Each agent's policy, one token at the beginning and one an update.", PolicySpec.Weights, Distribution.PerInstance);

    /// <summary>Sends all as they are now.</summary>
    public void Send(int version, IOutputs outputs)
    {
        for (var i = 0; i < groups.Length; i++)
        {
            var message = groups[i].Pool.Rent(new(version));
            parameters(i).CopyTo(message.Write(WeightsMessages.Parameters));
            foreach (var agent in groups[i].Agents)
            {
                outputs.Send(port, agent, message.Retain());
            }

            message.Release();
        }
    }
}
