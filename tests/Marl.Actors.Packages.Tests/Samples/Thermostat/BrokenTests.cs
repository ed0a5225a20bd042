using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Testing.Marbles;
using Marl.Actors.Testing.Worlds;
using Xunit;

namespace Thermostat;

/// <summary>Mistakes made on purpose: each test fails, and says what to do.</summary>
[Trait("is", "broken")]
public sealed class BrokenTests
{
    [Fact]
    public void A_world_that_draws_from_a_global_generator() => WorldContract.Verify(copies => new DraughtyWorld(copies));

    [Fact]
    public void A_stage_that_draws_from_a_global_generator() => Marbles.Of(SmoothStage.Of("sensor/noisy", () => new NoisyStage()))
        .In("numbers", "8 8 - 0")
        .KeepsTheContract();

    [Fact]
    public void A_stage_that_sends_something_else() => Marbles.Of(SmoothStage.Component).In("numbers", "8 8 - 0").Out("smooth", "4 6 - 3");

    private sealed class DraughtyWorld(int copies) : IWorld
    {
        private readonly ThermostatWorld world = new(new(2), copies);

        public WorldSpec Spec => world.Spec;

        public int Copies => copies;

        public void Reset(int copy, ref RandomStream random) => world.Reset(copy, ref random);

        public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
        {
            world.Step(actions, ref random, rewards, terminated);
            rewards.Fill(Random.Shared.NextSingle());
        }

        public void Observe(int agent, Span<float> observations) => world.Observe(agent, observations);

        public void State(Span<float> state) => world.State(state);

        public void Save(StageSnapshot snapshot) => world.Save(snapshot);

        public void Load(StageSnapshot snapshot) => world.Load(snapshot);
    }

    private sealed class NoisyStage : IStage
    {
        public Needs Needs { get; } = new(1);

        public void Start(IOutputs outputs)
        {
        }

        public void Fire(Firing firing, IOutputs outputs)
        {
            var message = Marl.Actors.Core.Messages.Message.Create(new("number", new Marl.Actors.Core.Messages.Field("value", [1])), firing[0].Stamp);
            message.Write(0)[0] = Random.Shared.NextSingle();
            outputs.Send(0, message);
        }

        public void Save(StageSnapshot snapshot)
        {
        }

        public void Load(StageSnapshot snapshot)
        {
        }

        public void Dispose()
        {
        }
    }
}
