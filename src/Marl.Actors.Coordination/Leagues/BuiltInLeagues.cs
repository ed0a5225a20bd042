using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Leagues;

/// <summary>Leagues of the built-in catalog: one line each.</summary>
public static class BuiltInLeagues
{
    /// <summary>All of them.</summary>
    public static Values<Component> All { get; } =
    [
        LeagueComponent.Component,
    ];
}
