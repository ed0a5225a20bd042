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
}
