using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Hierarchy;

/// <summary>The parts of hierarchies in the built-in catalog: one line each.</summary>
public static class BuiltInCoordinators
{
    /// <summary>All of them.</summary>
    public static Values<Component> All { get; } =
    [
        GroupsComponent.Component,
        GuideComponent.Component,
    ];
}
