using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Policies.Files;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Experiments;

/// <summary>Keeps the newest parameters of every policy that a learner sends.</summary>
internal sealed class PolicyCollector
{
    private readonly SortedDictionary<string, (PolicySpec Spec, Message Weights)> policies = new(StringComparer.Ordinal);

    /// <summary>Version of the newest parameters: updates done.</summary>
    public int Version { get; private set; }

    /// <summary>The policies, by group.</summary>
    public IReadOnlyList<SavedPolicy> Policies =>
        [.. policies.Values.Select(p => new SavedPolicy(p.Spec, p.Weights[WeightsMessages.Parameters].ToArray()))];

    /// <summary>Whether a port carries parameters of policies in training.</summary>
    public static bool Wants(Node node, OutputPort port) => node.Purpose == Purpose.Training && port.Kind == WeightsMessages.Kind;

    public void Add(Node node, OutputPort port, int peer, Message message)
    {
        Version = Math.Max(Version, message.Stamp.Update);
        var spec = PolicySpec.FromTerm(node.Types[0].Output(port.Name, Math.Max(peer, 0))["policy"]);
        if (policies.TryGetValue(spec.Group, out var other))
        {
            if (other.Weights.Stamp.Update > message.Stamp.Update)
            {
                return; // another learner of the policy is ahead
            }

            other.Weights.Release();
        }

        policies[spec.Group] = (spec, message.Retain());
    }
}
