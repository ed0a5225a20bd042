using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experience.Replay;

namespace Marl.Actors.Experience;

/// <summary>The memories of the built-in catalog: one line each.</summary>
public static class BuiltInMemories
{
    /// <summary>All of them.</summary>
    public static Values<Component> All { get; } =
    [
        ReplayComponents.Uniform,
        ReplayComponents.Prioritised,
    ];
}
