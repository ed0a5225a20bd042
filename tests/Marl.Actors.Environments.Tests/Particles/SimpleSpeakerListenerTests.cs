using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Environments.Particles;
using Xunit;

namespace Marl.Actors.Environments.Tests.Particles;

public sealed class SimpleSpeakerListenerTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(5);

    [Fact]
    public void The_listener_hears_the_word_of_the_same_step()
    {
        var runner = new WorldRunner(new SimpleSpeakerListener(new(), 3));
        runner.Reset(Key);
        runner.See();
        Assert.Equal([0, 0, 0], runner.Observations[1][^3..]);
        runner.Act(0, 2, 1);
        runner.Step(Key, 0);
        runner.See();
        Assert.Equal([0, 1, 0], runner.Observations[1][^3..]);
        runner.Act(0, 2, 2);
        runner.Step(Key, 1);
        runner.See();
        Assert.Equal([0, 0, 1], runner.Observations[1][^3..]);
        Assert.Equal("C", ((IDrawableWorld)runner.World).Draw(2).Single(c => c.Id == "speaker-0").Label);
    }

    [Fact]
    public void Goals_are_drawn_alike_and_the_speaker_sees_their_colours()
    {
        var runner = new WorldRunner(new SimpleSpeakerListener(new(), 3000));
        runner.Reset(Key);
        runner.See();
        var counts = new int[3];
        foreach (var colour in runner.Observations[0].Chunk(3))
        {
            Assert.Equal([0.15f, 0.15f, 0.65f], colour.Order());
            counts[Array.IndexOf(colour, 0.65f)]++;
        }

        Assert.All(counts, c => Assert.InRange(c, 900, 1100));
    }

    [Fact]
    public void Both_are_paid_the_squared_distance_to_the_goal_and_the_state_is_both_observations()
    {
        var world = new SimpleSpeakerListener(new(), 2);
        var runner = new WorldRunner(world);
        runner.Reset(Key);
        Assert.True(world.TakeGoal(1, 0, "goal_b", 4));
        Assert.False(world.TakeGoal(1, 0, "goal_b", 1));
        world.Particles.Place(1, 1, 0.5, 0.5);
        world.Particles.Place(1, 4, 0.2, 0.9);
        runner.Step(Key, 0);
        runner.See();
        Assert.Equal([-0.25f, -0.25f], [runner.Rewards[1], runner.Rewards[3]]);
        Assert.Equal([0.15f, 0.15f, 0.65f], runner.Observations[0][3..]);
        Assert.Equal([.. runner.Observations[0][3..], .. runner.Observations[1][11..]], runner.State[14..]);
    }

    [Fact]
    public void Spaces_are_those_of_the_reference()
    {
        var spec = new SimpleSpeakerListener(new(), 1).Spec;
        Assert.Equal(
            [new AgentSpec("speaker-0", new Box(3), new Discrete(3)), new AgentSpec("listener-0", new Box(11), new Discrete(5), NoOp: 0)],
            spec.Agents);
        var continuous = new SimpleSpeakerListener(new(Actions: ActionForm.Continuous), 1).Spec.Agents;
        Assert.Equal([new Box(3, 0, 1), new Box(5, 0, 1)], continuous.Select(a => a.Action));
    }
}
