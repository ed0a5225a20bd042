using Marl.Actors.Runtime.Cluster.Lines;
using Marl.Actors.Runtime.Tests.Wire;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Cluster.Lines;

/// <summary>What of the frames of a line Akka is given.</summary>
public sealed class FrameGateTests
{
    private readonly NumberedFrames order = new();

    [Fact]
    public void Whoever_says_who_it_is_is_listened_to()
    {
        var gate = Gate();
        Assert.Equal(Verdict.Pass, gate.Judge(LineFrames.Introduction()));
        Assert.True(gate.IsIntroduced);
        Assert.Equal(Verdict.Pass, gate.Judge(LineFrames.Message()));
        Assert.Equal(Verdict.Pass, gate.Judge(LineFrames.Heartbeat));
    }

    [Fact]
    public void Whoever_does_not_is_hung_up_on()
    {
        Assert.Equal(Verdict.HangUp, Gate().Judge(LineFrames.Message()));
        Assert.Equal(Verdict.HangUp, Gate().Judge("GET / HTTP/1.1\r\n\r\n"u8));
        Assert.Equal(Verdict.HangUp, Gate().Judge([]));
        Assert.Equal(Verdict.HangUp, Gate().Judge(LineFrames.Introduction(system: "other")));
        Assert.Equal(Verdict.HangUp, Gate().Judge(LineFrames.Introduction(scheme: "ssl.tcp")));
        Assert.Equal(Verdict.HangUp, Gate().Judge(LineFrames.Introduction(host: "")));
        Assert.Equal(Verdict.HangUp, Gate().Judge(LineFrames.Introduction(host: "a b")));
        Assert.Equal(Verdict.HangUp, Gate().Judge(LineFrames.Introduction(port: 70_000)));
        Assert.Equal(Verdict.Pass, Gate().Judge(LineFrames.Introduction(host: "[::1]")));
    }

    /// <summary>A set of as many numbers as are missing is what Akka makes of one that is ahead: of the greatest, until there is no memory.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(100_000_000)]
    [InlineData(long.MaxValue)]
    [InlineData(ulong.MaxValue - 1)]
    public void A_number_that_is_ahead_is_dropped(ulong number)
    {
        var gate = Introduced();
        Assert.Equal(Verdict.Pass, gate.Judge(LineFrames.Message(0)));
        Assert.Equal(Verdict.Drop, gate.Judge(LineFrames.Message(number)));
        Assert.Equal(Verdict.Pass, gate.Judge(LineFrames.Message(1)));
        Assert.Equal(Verdict.Pass, gate.Judge(LineFrames.Message(0))); // Akka knows it already
    }

    [Fact]
    public void Numbers_go_on_over_lines_and_begin_anew_with_a_new_process()
    {
        Assert.Equal(Verdict.Pass, Introduced().Judge(LineFrames.Message(0)));
        Assert.Equal(Verdict.Pass, Introduced().Judge(LineFrames.Message(1)));
        Assert.Equal(Verdict.Drop, Introduced(uid: 8).Judge(LineFrames.Message(2)));
        Assert.Equal(Verdict.Pass, Introduced(uid: 8).Judge(LineFrames.Message(0)));
        Assert.Equal(Verdict.Pass, Introduced().Judge(LineFrames.Message(2)));
    }

    [Fact]
    public void Of_many_names_the_latest_are_remembered()
    {
        var few = new NumberedFrames(most: 4);
        for (var port = 1; port <= 6; port++)
        {
            Assert.True(few.Take(new("a", port, 1), 0));
        }

        Assert.True(few.Take(new("a", 6, 1), 1));
        Assert.True(few.Take(new("a", 3, 1), 1)); // of the older ones
        Enumerable.Range(7, 8).ToList().ForEach(port => few.Take(new("a", port, 1), 0));
        Assert.False(few.Take(new("a", 1, 1), 1)); // forgotten: it may begin anew
        Assert.True(few.Take(new("a", 1, 1), 0));
    }

    [Fact]
    public void Mutated_frames_are_judged_without_a_fault()
    {
        var random = new Random(1);
        byte[][] honest = [LineFrames.Introduction(), LineFrames.Message(0), LineFrames.Message(), LineFrames.Heartbeat];
        var counts = new int[3];
        for (var i = 0; i < 20_000; i++)
        {
            counts[(int)Introduced().Judge(Mutations.Of(random, honest[random.Next(honest.Length)]))]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 100, 20_000));
    }

    private FrameGate Gate() => new("marl", "tcp", order);

    private FrameGate Introduced(ulong uid = 7)
    {
        var gate = Gate();
        Assert.Equal(Verdict.Pass, gate.Judge(LineFrames.Introduction(uid: uid)));
        return gate;
    }
}
