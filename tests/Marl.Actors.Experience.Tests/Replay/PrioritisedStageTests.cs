using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experience.Replay;

namespace Marl.Actors.Experience.Tests.Replay;

public class PrioritisedStageTests
{
    private static readonly PrioritisedOptions Transitions = new(Alpha: 1, Beta: 1, Eta: 1, Memory: new(Capacity: 1000, Batch: 32, Updates: 200));

    /// <summary>The learner is off by the moment plus 1, so a moment must be drawn in proportion to that.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    [InlineData(0.0)]
    public void Items_are_drawn_as_often_as_their_errors_say(double alpha)
    {
        var bench = new MemoryBench(Transitions with { Alpha = alpha }, copies: 1) { Error = (batch, item) => Moment(batch, item) + 1 };
        Cycles(bench, 4); // every item has been answered many times by now
        bench.Sent.Clear();
        bench.Cycle();
        var counts = bench.Sent.Skip(50).SelectMany(b => Enumerable.Range(0, 32).Select(i => Moment(b, i))).CountBy(m => m).ToDictionary();
        var sum = counts.Keys.Sum(m => Math.Pow(m + 1, alpha));
        Assert.Equal(14, counts.Count); // five cycles of three steps; the newest place is no transition yet
        var drawn = 150 * 32;
        var square = counts.Sum(c => Math.Pow(c.Value - (drawn * Math.Pow(c.Key + 1, alpha) / sum), 2) / (drawn * Math.Pow(c.Key + 1, alpha) / sum));
        Assert.InRange(square, 0, 34.5); // χ², 13 degrees of freedom: beyond 34.5 in 1 of 1000
    }

    [Fact]
    public void Weights_make_up_for_it_and_the_rarest_of_a_batch_counts_1()
    {
        var bench = new MemoryBench(Transitions, copies: 1) { Error = (batch, item) => Moment(batch, item) + 1 };
        Cycles(bench, 4);
        var batch = bench.Sent[^1];
        var rarest = Enumerable.Range(0, 32).Min(i => Moment(batch, i));
        for (var item = 0; item < 32; item++)
        {
            Assert.Equal((rarest + 1.0) / (Moment(batch, item) + 1), batch[BatchMessages.Weight][item], 1e-5); // (N P)^−1 over the greatest
        }
    }

    [Fact]
    public void Beta_rises_to_1_over_the_run()
    {
        var bench = new MemoryBench(Transitions with { Beta = 0.4 }, copies: 1, vectorSteps: 6 * MemoryBench.Length) { Error = (batch, item) => Moment(batch, item) + 1 };
        Cycles(bench, 4);
        Assert.All([2, 3], update =>
        {
            var (batch, beta) = (bench.Sent[(update * 200) + 199], 0.4 + (0.6 * update / 6));
            var rarest = Enumerable.Range(0, 32).Min(i => Moment(batch, i));
            Assert.All(Enumerable.Range(0, 32), i => Assert.Equal(Math.Pow((rarest + 1.0) / (Moment(batch, i) + 1), beta), batch[BatchMessages.Weight][i], 1e-5));
        });
    }

    [Fact]
    public void What_is_new_is_drawn_like_the_worst()
    {
        var bench = new MemoryBench(Transitions with { Memory = Transitions.Memory with { Updates = 50 } }, copies: 1) { Error = (_, _) => 1e-3f };
        bench.Cycle(); // moments 0 and 1, soon judged at 0.001; at first they had 1
        bench.Sent.Clear();
        bench.Cycle(); // 2, 3, 4 are new
        Assert.All(Enumerable.Range(0, 32), item => Assert.InRange(Moment(bench.Sent[0], item), 2, 4));
    }

    [Fact]
    public void Eta_says_how_much_the_greatest_error_of_an_item_counts()
    {
        // The bench's mean is half its greatest: with η = 0.5 an item of error e has 0.75 e; all in the same proportion, so 0.75 against new ones of 1.
        var bench = new MemoryBench(Transitions with { Eta = 0.5, Epsilon = 1e-12, Memory = Transitions.Memory with { Batch = 1000, Updates = 2 } }, copies: 1);
        Cycles(bench, 2);
        var batch = bench.Sent[2]; // judged: 0 and 1; new: 2, 3 and 4
        var old = Enumerable.Range(0, 1000).Count(i => Moment(batch, i) < 2);
        Assert.InRange(old, 1000 * 1.5 / 4.5 - 2, (1000 * 1.5 / 4.5) + 2); // one from each of 1000 equal parts: hardly any chance left
    }

    [Theory]
    [InlineData(ReplayUnit.Sequence)]
    [InlineData(ReplayUnit.Episode)]
    public void Sequences_and_episodes_have_priorities_too(ReplayUnit unit)
    {
        var bench = new MemoryBench(Transitions with { Memory = new(Capacity: 1000, Unit: unit, Length: 4, Batch: 16, Updates: 50) }, copies: 1)
        {
            Error = (batch, item) => Moment(batch, item) == 3 ? 100 : 0.01f,
        };
        bench.Cycle((1, 0)); // moments 0 1 | 2 end; 3 …
        bench.Cycle((2, 0)); // … 4 5 6 | 7 end
        bench.Cycle((2, 0));
        var last = bench.Sent[^1];
        Assert.All(Enumerable.Range(0, 15), item => Assert.Equal(3, Moment(last, item)));
        Assert.Equal(4, Enumerable.Range(0, 4).Sum(t => (int)last[BatchMessages.Filled][t * 16]));
    }

    [Fact]
    public void Answers_to_what_has_been_forgotten_are_not_given_to_what_stands_there_now()
    {
        var bench = new MemoryBench(Transitions with { Memory = new(Capacity: 4, Batch: 8, Updates: 1) }, copies: 1) { Error = (_, _) => 1e6f };
        bench.Cycle();
        bench.Cycle(); // heeds the answers about moments 0 and 1, then forgets both
        bench.Cycle(); // heeds those about 2 to 4 …
        Assert.All(Enumerable.Range(0, 8), item => Assert.InRange(Moment(bench.Sent[^1], item), 5, 7)); // … of which only 5 remains
    }

    [Fact]
    public void Lost_answers_change_nothing()
    {
        var bench = new MemoryBench(Transitions, copies: 1) { Loses = _ => true, Error = (_, _) => throw new InvalidOperationException() };
        Cycles(bench, 8); // more batches than are remembered
        Assert.All(bench.Sent.Skip(1400), b => Assert.All(b[BatchMessages.Weight].ToArray(), w => Assert.Equal(1, w)));
        bench.Loses = batch => batch.Stamp.Step % 2 == 0;
        bench.Error = (batch, item) => Moment(batch, item) < 3 ? 1e4f : 1e-4f;
        bench.Cycle();
        Assert.InRange(Enumerable.Range(0, 32).Count(i => Moment(bench.Sent[^1], i) < 3), 31, 32);
    }

    [Fact]
    public void A_saved_memory_goes_on_bit_for_bit_also_between_two_batches()
    {
        var options = Transitions with { Memory = Transitions.Memory with { Capacity = 30, Updates = 3 } };
        var (whole, parts) = (new MemoryBench(options), new MemoryBench(options));
        (whole.Error, parts.Error) = ((b, i) => Moment(b, i) % 5, (b, i) =>
        {
            if (i == 0)
            {
                var snapshot = new StageSnapshot();
                parts.Stage.Save(snapshot);
                parts.Stage.Dispose();
                parts.Stage = parts.Make();
                parts.Stage.Load(snapshot);
            }

            return Moment(b, i) % 5;
        });
        Cycles(whole, 9);
        Cycles(parts, 9);
        Assert.Equal(whole.Sent.Select(m => (m.Stamp, string.Join(' ', m.Block.ToArray()))), parts.Sent.Select(m => (m.Stamp, string.Join(' ', m.Block.ToArray()))));
    }

    [Fact]
    public void Drawing_allocates_nothing_once_it_runs()
    {
        var tree = new Priorities(1000, 0.6, 1e-6);
        tree.Begin(3);
        tree.Judge(3, 0.5);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            tree.Begin(i);
            tree.Judge(i, i);
            tree.Find(tree.Total / 2);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void Cycles(MemoryBench bench, int count)
    {
        for (var i = 0; i < count; i++)
        {
            bench.Cycle();
        }
    }

    private static int Moment(Message batch, int item) => (int)batch[BatchMessages.Observation][(item * 4) + 1];
}
