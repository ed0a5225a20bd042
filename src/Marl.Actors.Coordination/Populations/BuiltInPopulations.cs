using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Populations;

/// <summary>The populations of the built-in catalog: one line each.</summary>
public static class BuiltInPopulations
{
    /// <summary>All of them.</summary>
    public static Values<Component> All { get; } =
    [
        PbtComponent.Component,
    ];
}
