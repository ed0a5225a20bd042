using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Thermostat;

/// <summary>Heaters keep a shared room near its target.</summary>
public sealed class ThermostatWorld(ThermostatWorld.Options options, int copies) : IWorld
{
    private readonly float[] temperature = new float[copies]; // °C from the target

    public static Component Component { get; } = WorldComponent.Of<Options>(
        "environment/thermostat", "Heaters keep a room near its target.", "this sample", SpecOf, (o, copies) => new ThermostatWorld(o, copies));

    public WorldSpec Spec => SpecOf(options);

    public int Copies => copies;

    public void Reset(int copy, ref RandomStream random) => temperature[copy] = (float)random.Uniform(-2, 2);

    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            for (var heater = 0; heater < options.Heaters; heater++)
            {
                temperature[copy] += (actions[heater][copy] - 0.5f) / options.Heaters; // 0 cools, 1 heats
            }

            for (var heater = 0; heater < options.Heaters; heater++)
            {
                rewards[(heater * copies) + copy] = -Math.Abs(temperature[copy]);
            }
        }
    }

    public void Observe(int agent, Span<float> observations) => temperature.CopyTo(observations);

    public void State(Span<float> state) => temperature.CopyTo(state);

    public void Save(StageSnapshot snapshot) => snapshot.Put<float>("temperature", temperature);

    public void Load(StageSnapshot snapshot) => snapshot.GetInto<float>("temperature", temperature);

    private static WorldSpec SpecOf(Options options) => new(
        Enumerable.Range(0, options.Heaters).Select(i => new AgentSpec($"heater-{i}", new Box(1), new Discrete(2))).ToValues(),
        RewardConvention.TeamMean,
        MaxSteps: 20,
        StateWidth: 1);

    public sealed record Options([Option("Number of heaters.", Minimum = 1, Maximum = 16)] int Heaters = 2);
}
