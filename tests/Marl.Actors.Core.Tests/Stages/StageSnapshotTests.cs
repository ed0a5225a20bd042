using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Xunit;

namespace Marl.Actors.Core.Tests.Stages;

public sealed class StageSnapshotTests
{
    private readonly StageSnapshot snapshot = new();

    [Fact]
    public void Numbers_come_back_bit_for_bit()
    {
        double[] doubles = [0.1, -0.0, double.NaN, double.Epsilon, double.PositiveInfinity];
        snapshot.Put<double>("d", doubles);
        snapshot.Put<int>("i", [1, int.MinValue]);
        snapshot.Put("one", 42UL);
        snapshot.Put<float>("none", []);

        Assert.Equal(doubles.Select(BitConverter.DoubleToInt64Bits), snapshot.Get<double>("d").Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal([1, int.MinValue], snapshot.Get<int>("i"));
        Assert.Equal(42UL, snapshot.GetOne<ulong>("one"));
        Assert.Empty(snapshot.Get<float>("none"));
    }

    [Fact]
    public void Text_comes_back()
    {
        snapshot.PutText("t", "agent-0 → ü");
        Assert.Equal("agent-0 → ü", snapshot.GetText("t"));
    }

    [Fact]
    public void Tokens_come_back_with_stamp_layout_and_floats()
    {
        var message = Message.Create(new("toy", new("a", [2, 3]), new("odd:name", [0, 4]), new("b", [1])), new(4, 5, 6));
        for (var i = 0; i < 7; i++)
        {
            message.WriteBlock()[i] = i * 0.1f;
        }

        snapshot.PutMessage("m", message.Seal());
        snapshot.PutMessage("absent", Message.Absent(new(9)));
        var loaded = snapshot.GetMessage("m");

        Assert.Equal(message.Layout, loaded.Layout);
        Assert.Equal(message.Stamp, loaded.Stamp);
        Assert.Equal(message.Block.ToArray(), loaded.Block.ToArray());
        Assert.Throws<InvalidOperationException>(() => loaded.WriteBlock().Length);
        Assert.True(snapshot.GetMessage("absent") is { IsAbsent: true, Stamp.Update: 9 });
    }

    [Fact]
    public void Entries_are_ordered_by_name_and_travel_as_bytes()
    {
        snapshot.Put("b", 2);
        snapshot.Put("a", 1);
        var copy = new StageSnapshot();
        foreach (var (name, bytes) in snapshot.Entries)
        {
            copy.PutBytes(name, bytes);
        }

        Assert.Equal(["a", "b"], snapshot.Entries.Keys);
        Assert.Equal((1, 2), (copy.GetOne<int>("a"), copy.GetOne<int>("b")));
    }

    [Fact]
    public void What_is_missing_or_of_another_length_is_a_damaged_checkpoint()
    {
        snapshot.Put<int>("two", [1, 2]);
        snapshot.Put<int>("m.stamp", [1]);

        Assert.Throws<InvalidDataException>(() => snapshot.Get<int>("none"));
        Assert.Throws<InvalidDataException>(() => snapshot.GetOne<int>("two"));
        Assert.Throws<InvalidDataException>(() => snapshot.GetInto<int>("two", new int[3]));
        Assert.Throws<InvalidDataException>(() => snapshot.GetMessage("m"));
    }
}
