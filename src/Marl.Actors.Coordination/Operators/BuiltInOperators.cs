using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Operators;

/// <summary>The operators every catalog has. A new one is a file and a line here.</summary>
public static class BuiltInOperators
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<OperatorComponent> All { get; } =
    [
        Delay.Component,
        Drop.Component,
        Every.Component,
        Lag.Component,
        Scale.Component,
    ];
}
