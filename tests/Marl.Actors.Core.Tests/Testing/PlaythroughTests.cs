using Marl.Actors.Testing.Worlds;
using Xunit;

namespace Marl.Actors.Core.Tests.Testing;

public sealed class PlaythroughTests
{
    [Fact]
    public void One_seed_is_one_playthrough()
    {
        Assert.Equal(Playthrough.Of(new CorridorWorld(1, Fault.None)), Playthrough.Of(new CorridorWorld(1, Fault.None)));
        Assert.NotEqual(Playthrough.Of(new CorridorWorld(1, Fault.None)), Playthrough.Of(new CorridorWorld(1, Fault.None), seed: 2));
    }

    [Fact]
    public void A_world_that_reads_a_global_generator_is_caught() => Assert.NotEqual(
        Playthrough.Of(new CorridorWorld(1, Fault.GlobalRandomness), steps: 100), Playthrough.Of(new CorridorWorld(1, Fault.GlobalRandomness), steps: 100));

    [Fact]
    public void The_first_three_steps_and_every_tenth_are_shown()
    {
        var text = Playthrough.Of(new CorridorWorld(1, Fault.None), steps: 20);
        Assert.All((int[])[1, 2, 3, 10, 20], step => Assert.Contains($"\nstep {step}", text));
        Assert.DoesNotContain("\r", text);
    }

    [Fact]
    public void Who_waits_and_who_leaves_is_told()
    {
        var text = Playthrough.Of(new QueueWorld(1, QueueFault.None));
        Assert.Contains("  second does not act, gets 0\n", text);
        Assert.Contains(" does 1, gets 1, its own end\n", text);
        Assert.Contains("  second sees 0 (not active)\n", text);
    }
}
