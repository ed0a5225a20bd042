using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Collectives;

/// <summary>The collective operations of the built-in catalog: one line each.</summary>
public static class BuiltInCollectives
{
    /// <summary>All of them.</summary>
    public static Values<Component> All { get; } =
    [
        AllReduceComponent.Component,
        ReduceComponent.Component,
        BroadcastComponent.Component,
    ];
}
