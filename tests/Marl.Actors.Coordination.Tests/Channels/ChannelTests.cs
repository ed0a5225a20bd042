using Marl.Actors.Coordination.Channels;
using Marl.Actors.Core.Messages.Kinds;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Channels;

public sealed class ChannelTests
{
    [Fact]
    public void All_hear_all_others()
    {
        using var bench = new ChannelBench(ChannelComponents.Broadcast, new ChannelOptions(), ChannelBench.Numbers(2));
        bench.Say([[0.1f, 0.2f], null, [-0.5f, 1]]);
        Assert.Equal([0, 0, 0, 0, -0.5f, 1], bench[0][HeardMessages.Content].ToArray());
        Assert.Equal([1, 0, 1], bench[1][HeardMessages.Gain].ToArray());
        Assert.Equal([1, 0, 0], bench[2][HeardMessages.Gain].ToArray());
    }

    [Fact]
    public void A_message_reaches_the_one_it_is_for()
    {
        using var bench = new ChannelBench(ChannelComponents.Targeted, new ChannelOptions(), ChannelBench.Numbers(1, isAddressed: true));
        bench.Say([[0.1f], [0.2f], null], to: [2, 0, 0]);
        Assert.Equal([0, 1, 0], bench[0][HeardMessages.Gain].ToArray());
        Assert.Equal([0, 0, 0], bench[1][HeardMessages.Gain].ToArray());
        Assert.Equal([1, 0, 0], bench[2][HeardMessages.Gain].ToArray());
    }

    [Fact]
    public void Two_that_speak_at_once_destroy_each_other()
    {
        using var bench = new ChannelBench(ChannelComponents.SharedMedium, new ChannelOptions(), ChannelBench.Numbers(1));
        bench.Say([[0.1f], [0.2f], null]);
        Assert.Equal([0, 0, 0], bench[2][HeardMessages.Gain].ToArray());
        Assert.Equal(1, bench.Figures["collided"]);
        bench.Say([null, [0.2f], null]);
        Assert.Equal([0, 1, 0], bench[0][HeardMessages.Gain].ToArray());
        Assert.Equal(0, bench.Figures["collided"]);
        Assert.Equal(1, bench.Figures["delivered"]);
    }

    [Fact]
    public void What_is_late_is_heard_in_its_episode_only()
    {
        using var bench = new ChannelBench(ChannelComponents.Broadcast, new ChannelOptions(new(Delay: 1)), ChannelBench.Words(4), speakers: 2);
        bench.Say([[1], [2]]);
        Assert.Equal([0, 0], bench[0][HeardMessages.Gain].ToArray());
        bench.Say([[3], [3]]);
        Assert.Equal(2, bench[0][HeardMessages.Content][1]);
        Assert.Equal([0, 1], bench[0][HeardMessages.Age].ToArray());
        bench.Say([[0], [0]], begins: true);
        Assert.Equal([0, 0], bench[0][HeardMessages.Gain].ToArray());
    }

    /// <summary>Each listener loses apart: of 2 · 20,000 messages half, within six deviations.</summary>
    [Fact]
    public void Messages_are_lost_as_often_as_it_says()
    {
        using var bench = new ChannelBench(ChannelComponents.Broadcast, new ChannelOptions(new(Loss: 0.5)), ChannelBench.Words(2), copies: 20_000);
        bench.Say([[1], null, null]);
        Assert.InRange(bench.Figures["lost"], 0.485f, 0.515f);
        Assert.Equal(1, bench.Figures["lost"] + bench.Figures["delivered"], 5);
        Assert.NotEqual(bench[1][HeardMessages.Gain].ToArray(), bench[2][HeardMessages.Gain].ToArray());
    }

    [Fact]
    public void Noise_is_written_down_beside_what_is_heard()
    {
        using var bench = new ChannelBench(ChannelComponents.Broadcast, new ChannelOptions(new(Noise: 0.3)), ChannelBench.Numbers(1), copies: 10_000, speakers: 2);
        bench.Say([[0.5f], null]);
        var (content, noise) = (bench[1][HeardMessages.Content].ToArray(), bench[1][HeardMessages.Noise].ToArray());
        var arrived = Enumerable.Range(0, 10_000).Select(i => 2 * i).ToList();
        Assert.All(arrived, i => Assert.Equal(0.5f + noise[i], content[i]));
        Assert.InRange(Math.Sqrt(arrived.Average(i => noise[i] * (double)noise[i])), 0.287, 0.313);
        Assert.All(arrived, i => Assert.Equal(0, content[i + 1]));
    }

    /// <summary>Of three bits each is flipped with probability ¼; six words of eight are words.</summary>
    [Fact]
    public void Flipped_bits_make_other_words_or_none()
    {
        using var bench = new ChannelBench(ChannelComponents.Broadcast, new ChannelOptions(new(Flip: 0.25)), ChannelBench.Words(6), copies: 20_000, speakers: 2);
        bench.Say([[5], null]);
        var words = Enumerable.Range(0, 20_000).Select(i => bench[1][HeardMessages.Gain][2 * i] == 0 ? -1 : (int)bench[1][HeardMessages.Content][2 * i]).ToList();
        Assert.InRange(words.Count(w => w == 5) / 20_000.0, 0.40, 0.44); // 0.75³
        Assert.InRange(words.Count(w => w == -1) / 20_000.0, 0.17, 0.205); // 7: one flip (bit 1); 6: two flips (bits 0 and 1)
        Assert.DoesNotContain(words, w => w > 5);
    }

    [Fact]
    public void Numbers_are_rounded_and_those_beyond_the_bandwidth_are_cut()
    {
        using var bench = new ChannelBench(ChannelComponents.Broadcast, new ChannelOptions(new(Levels: 3, Bandwidth: 3.2)), ChannelBench.Numbers(3), speakers: 2);
        bench.Say([[0.4f, -0.8f, 1], null]);
        Assert.Equal([0, -1, 0, 0, 0, 0], bench[1][HeardMessages.Content].ToArray()); // two numbers of log₂ 3 bits fit
        Assert.Equal(2 * MathF.Log2(3), bench.Figures["bits"], 4);
    }

    [Fact]
    public void Speaking_costs_by_the_bit()
    {
        using var bench = new ChannelBench(ChannelComponents.Broadcast, new ChannelOptions(new(CostPerBit: 0.5)), ChannelBench.Words(8), speakers: 2);
        bench.Say([[7], null]);
        Assert.Equal(1.5f, bench[0][HeardMessages.Cost][0]);
        Assert.Equal(0, bench[1][HeardMessages.Cost][0]);
    }

    [Fact]
    public void Traces_stay_where_they_were_left_and_fade()
    {
        using var bench = new ChannelBench(
            ChannelComponents.Environment, new EnvironmentChannelOptions(Duration: 2, Fading: 0.5, Reach: 1), ChannelBench.Numbers(1, coordinates: 1), speakers: 2);
        bench.Say([[0.8f], null], places: [0, 5]);
        Assert.Equal([0, 0], bench[1][HeardMessages.Gain].ToArray()); // too far away
        Assert.Equal([0, 0], bench[0][HeardMessages.Gain].ToArray()); // what it says right now it does not find
        bench.Say([null, null], places: [9, 0.5f]);
        Assert.Equal([0.5f, 0], bench[1][HeardMessages.Gain].ToArray());
        Assert.Equal(0.4f, bench[1][HeardMessages.Content][0]);
        Assert.Equal(1, bench[1][HeardMessages.Age][0]);
        bench.Say([null, null], places: [0, 9]);
        Assert.Equal([0.25f, 0], bench[0][HeardMessages.Gain].ToArray()); // its own
        bench.Say([null, null], places: [0, 0]);
        Assert.Equal([0, 0], bench[0][HeardMessages.Gain].ToArray()); // gone
    }

    [Fact]
    public void Entropy_is_that_of_what_is_said()
    {
        using var bench = new ChannelBench(ChannelComponents.Broadcast, new ChannelOptions(), ChannelBench.Words(4), speakers: 2, iteration: 4);
        foreach (var word in new[] { 0f, 1, 2, 3 })
        {
            bench.Say([[word], [1]]);
        }

        Assert.Equal(1, bench.Figures["entropy"]); // two bits of one speaker, none of the other
        Assert.Equal(4, bench.Figures["bits"]);
    }

    [Theory]
    [InlineData(8, 3.0, true)]
    [InlineData(8, 2.9, false)]
    public void A_word_that_does_not_fit_is_refused_before_anything_runs(int words, double bandwidth, bool fits) =>
        Assert.Equal(fits, new ChannelPhysics(Bandwidth: bandwidth).Lets(ChannelBench.Words(words)));
}
