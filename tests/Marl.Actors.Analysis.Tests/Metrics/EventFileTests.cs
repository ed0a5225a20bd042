using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Analysis.Tests.Metrics;

public sealed class EventFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder["events.out.tfevents.1.marl"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_bytes_are_those_TensorFlow_writes()
    {
        using (var file = EventFile.Begin(Path, wallTime: 1.0).Value)
        {
            file.Append(300, 2.0, [new("a", 1.5)]);
        }

        // Length 24 and its masked checksum begin every TensorBoard file; then wall time 1.0 (09 …), version (1a 0d …).
        var bytes = File.ReadAllBytes(Path);
        Assert.Equal("1800000000000000A37F4B22", Convert.ToHexString(bytes[..12]));
        Assert.Equal("09000000000000F03F1A0D627261696E2E4576656E743A32", Convert.ToHexString(bytes[12..36]));

        // Event { wall_time 2.0, step 300, summary { value { tag "a", simple_value 1.5 } } }
        Assert.Equal(
            "09" + "0000000000000040" + "10" + "AC02" + "2A" + "0A" + "0A08" + "0A0161" + "15" + "0000C03F",
            Convert.ToHexString(bytes[(40 + 12)..^4]));
    }

    [Fact]
    public void What_is_written_is_read()
    {
        using (var file = EventFile.Begin(Path, 100).Value)
        {
            file.Append(0, 100.5, [new("evaluation/return", -79.25), new("learner/entropy", 1.6)]);
            file.Append(5_000_000_000, 101, [new("ünïcode/τ", double.NaN)]);
        }

        var scalars = EventFile.Read(Path).Value;

        Assert.Equal(3, scalars.Count);
        Assert.Equal(new("evaluation/return", 0, 100.5, -79.25f), scalars[0]);
        Assert.Equal(new("learner/entropy", 0, 100.5, 1.6f), scalars[1]);
        Assert.Equal(("ünïcode/τ", 5_000_000_000), (scalars[2].Tag, scalars[2].Step));
        Assert.True(float.IsNaN(scalars[2].Value));
    }

    [Fact]
    public void A_file_cut_anywhere_gives_the_records_before_the_cut()
    {
        using (var file = EventFile.Begin(Path, 0).Value)
        {
            for (var step = 0; step < 5; step++)
            {
                file.Append(step, step, [new("x", step)]);
            }
        }

        var whole = File.ReadAllBytes(Path);
        var previous = 0;
        for (var length = 0; length <= whole.Length; length++)
        {
            var count = EventCodec.Read(whole.AsSpan(0, length)).Count;
            Assert.InRange(count, previous, previous + 1);
            previous = count;
        }

        Assert.Equal(5, previous);
    }

    [Fact]
    public void A_flipped_bit_is_found_wherever_it_is()
    {
        using (var file = EventFile.Begin(Path, 0).Value)
        {
            file.Append(1, 2, [new("x", 3)]);
        }

        var bytes = File.ReadAllBytes(Path);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Empty(EventCodec.Read(bytes));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void A_resumed_file_keeps_what_it_is_told_to_and_grows_on()
    {
        using (var file = EventFile.Begin(Path, 0).Value)
        {
            for (var step = 0; step < 5; step++)
            {
                file.Append(step, step, [new("x", step)]);
            }
        }

        using (var file = EventFile.Resume(Path, 0, scalar => scalar.Step < 3).Value)
        {
            file.Append(3, 30, [new("x", 33)]);
        }

        Assert.Equal([0, 1, 2, 33], EventFile.Read(Path).Value.Select(s => s.Value));
    }
}
