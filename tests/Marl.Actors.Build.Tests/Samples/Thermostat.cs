using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Demo;

/// <summary>What pipeline files may say under <c>with:</c>.</summary>
/// <param name="Heaters">How many.</param>
public sealed record ThermostatOptions([Option("Number of heaters.", Minimum = 1, Maximum = 16)] int Heaters = 2);

/// <summary>What pipeline files may say in brackets.</summary>
/// <param name="Limit">Greatest absolute value.</param>
public sealed record SoftenOptions([Option("Greatest absolute value.", Minimum = 0)] double Limit = 1.0);

/// <summary>A project's own components: a build finds them by these properties.</summary>
internal static class Own
{
    /// <summary>Heaters keep a room near its target.</summary>
    public static Component Thermostat { get; } = WorldComponent.Of<ThermostatOptions>(
        "environment/thermostat", "Heaters keep a room near its target.", "this sample", Spec, Create);

    /// <summary>Bounds what is seen.</summary>
    public static OperatorComponent Soften { get; } = new()
    {
        Id = "soften",
        Summary = "Bounds every observation.",
        Options = OptionsSchema.Of<SoftenOptions>(),
        Create = (_, _) => throw new NotSupportedException("This program runs nothing."),
    };

    private static WorldSpec Spec(ThermostatOptions options) => new(
        Enumerable.Range(0, options.Heaters).Select(i => new AgentSpec($"heater-{i}", new Box(1), new Discrete(2))).ToValues(),
        RewardConvention.TeamMean,
        MaxSteps: 20,
        StateWidth: 1);

    private static IWorld Create(ThermostatOptions options, int copies) => throw new NotSupportedException("This program runs nothing.");
}
