using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Leagues;
using Marl.Actors.Policies.Talking;

namespace Marl.Actors.Policies.Agents;

/// <summary>The agents of the built-in catalog: one line an agent.</summary>
public static class BuiltInAgents
{
    /// <summary>All of them.</summary>
    public static Values<Component> All { get; } =
    [
        ActorCriticAgent.Component,
        ValueAgent.Component,
        DeterministicAgent.Component,
        SoftAgent.Component,
        RandomAgent.Component,
        CommunicatingAgent.Component,
        ContenderAgent.Component,
    ];
}
