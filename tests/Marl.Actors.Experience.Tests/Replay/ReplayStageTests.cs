using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experience.Replay;

namespace Marl.Actors.Experience.Tests.Replay;

public class ReplayStageTests
{
    private static readonly ReplayOptions Transitions = new(Capacity: 1000, Batch: 64, Updates: 2);

    [Fact]
    public void Every_transition_is_followed_by_what_came_next_also_at_the_end_of_an_episode()
    {
        var bench = new MemoryBench(Transitions);
        Play(bench, 5);
        Assert.Equal(10, bench.Sent.Count);
        foreach (var batch in bench.Sent)
        {
            for (var item = 0; item < 64; item++)
            {
                var now = Seen(batch, 0, item);
                Assert.Equal((now.Copy, now.Moment + 1), Seen(batch, 1, item));
                Assert.Equal((now.Copy, now.Moment), State(batch, 0, item));
                Assert.Equal((now.Copy, now.Moment + 1), State(batch, 1, item));
                Assert.Equal([now.Moment, now.Moment], batch[BatchMessages.Reward].Slice(item * 2, 2).ToArray());
                Assert.Equal([now.Moment % 4, now.Moment % 4], batch[BatchMessages.Action].Slice(item * 2, 2).ToArray());
                Assert.Equal(1, batch[BatchMessages.Filled][item]);
            }
        }
    }

    [Fact]
    public void Only_a_terminal_transition_is_marked_so()
    {
        var bench = new MemoryBench(Transitions with { Updates = 20 });
        bench.Cycle((1, 0), (2, 1)); // copy 0 ends at moment 2 (cut), copy 1 at moment 3 (terminal)
        bench.Cycle();
        var items = bench.Sent.SelectMany(b => Enumerable.Range(0, 64).Select(i => (Seen(b, 0, i), b[BatchMessages.Terminated][i])));
        Assert.All(items, i => Assert.Equal(i.Item1 == (1, 2) ? 1 : 0, i.Item2));
        Assert.DoesNotContain((0, 2), items.Select(i => i.Item1)); // nothing was done at an episode's last place
        Assert.DoesNotContain((0, 6), items.Select(i => i.Item1)); // and what follows the newest is not known yet
    }

    [Fact]
    public void All_transitions_held_are_drawn_equally_often_and_forgotten_ones_never()
    {
        var bench = new MemoryBench(Transitions with { Capacity = 20, Batch = 1000 });
        Play(bench, 30);
        bench.Sent.Clear();
        Play(bench, 1);
        var counts = bench.Sent.SelectMany(b => Enumerable.Range(0, 1000).Select(i => Seen(b, 0, i))).CountBy(p => p).Select(p => p.Value).ToArray();
        Assert.InRange(counts.Length, 14, 19); // 10 places a copy; the newest and the episodes' ends are no transitions
        var expected = 2000.0 / counts.Length;
        Assert.InRange(counts.Sum(c => (c - expected) * (c - expected) / expected), 0, 45); // χ², under 19 degrees of freedom beyond 45 in 1 of 1000
    }

    [Fact]
    public void Whole_episodes_begin_at_their_beginning_and_are_padded_behind_their_end()
    {
        var bench = new MemoryBench(new ReplayOptions(Capacity: 1000, Unit: ReplayUnit.Episode, Length: 5, Batch: 50, Updates: 1), copies: 1);
        bench.Cycle((1, 0));         // moments 0 1 | 2 end; 3 …
        bench.Cycle((2, 0));         // … 4 5 6 | 7 end: an episode of four transitions from 3
        bench.Cycle();
        var (batch, filled) = (bench.Sent[2], bench.Sent[2][BatchMessages.Filled].ToArray());
        Assert.Equal([(0, 0), (0, 3)], Enumerable.Range(0, 50).Select(i => Seen(batch, 0, i)).Distinct().Order());
        for (var item = 0; item < 50; item++)
        {
            var length = Seen(batch, 0, item).Moment == 0 ? 2 : 4;
            Assert.Equal(Enumerable.Range(0, 5).Select(t => t < length ? 1f : 0), Enumerable.Range(0, 5).Select(t => filled[(t * 50) + item]));
            Assert.Equal((0, Seen(batch, 0, item).Moment + length), Seen(batch, length, item));
        }
    }

    [Fact]
    public void Sequences_end_with_their_episode()
    {
        var bench = new MemoryBench(new ReplayOptions(Capacity: 1000, Unit: ReplayUnit.Sequence, Length: 4, Batch: 200, Updates: 1), copies: 1);
        bench.Cycle((1, 0));
        bench.Cycle();
        var batch = bench.Sent[1];
        var lengths = Enumerable.Range(0, 200).Select(i => (Seen(batch, 0, i).Moment, Enumerable.Range(0, 4).Sum(t => (int)batch[BatchMessages.Filled][(t * 200) + i]))).Distinct().Order();
        Assert.Equal([(0, 2), (1, 1), (3, 3), (4, 2), (5, 1)], lengths);
    }

    [Fact]
    public void Nothing_is_drawn_before_the_memory_is_warm()
    {
        var bench = new MemoryBench(Transitions with { Warmup = 9 });
        Play(bench, 2);
        Assert.Equal([true, true, false, false], bench.Sent.Select(m => m.IsAbsent));
        Assert.Equal([new(0, 0), new(0, 1), new(1, 0), new(1, 1)], bench.Sent.Select(m => m.Stamp));
    }

    [Fact]
    public void A_saved_memory_goes_on_bit_for_bit()
    {
        var (whole, parts) = (new MemoryBench(Transitions with { Capacity = 30 }), new MemoryBench(Transitions with { Capacity = 30 }));
        Play(whole, 12);
        Play(parts, 7);
        var snapshot = new StageSnapshot();
        parts.Stage.Save(snapshot);
        parts.Stage.Dispose();
        parts.Stage = parts.Make();
        parts.Stage.Load(snapshot);
        Play(parts, 5, from: 7);
        Assert.Equal(whole.Sent.Select(m => (m.Stamp, string.Join(' ', m.Block.ToArray()))), parts.Sent.Select(m => (m.Stamp, string.Join(' ', m.Block.ToArray()))));
    }

    [Fact]
    public void Without_states_batches_have_none()
    {
        var bench = new MemoryBench(Transitions, hasState: false);
        Play(bench, 1);
        Assert.False(bench.Sent[0].Has(BatchMessages.State));
    }

    [Fact]
    public void What_can_t_stand_together_is_said()
    {
        Assert.Equal("length", Assert.Single(new ReplayOptions(Length: 5).Conflicts()).Option);
        Assert.Equal("warmup", Assert.Single(new ReplayOptions(Capacity: 10, Warmup: 11).Conflicts()).Option);
        Assert.Empty(Transitions.Conflicts());
    }

    /// <summary>Episodes of changing lengths: an end in one copy or the other in two of three cycles.</summary>
    private static void Play(MemoryBench bench, int cycles, int from = 0)
    {
        for (var cycle = from; cycle < from + cycles; cycle++)
        {
            bench.Cycle(cycle % 3 == 0 ? [] : cycle % 3 == 1 ? [(cycle % 2, 0)] : [(2, 0), (cycle % 2, 1)]);
        }
    }

    private static (int Copy, int Moment) Seen(Message batch, int t, int item)
    {
        var shape = batch.Layout.Fields[BatchMessages.Observation].Shape;
        var row = batch[BatchMessages.Observation].Slice(((t * shape[1]) + item) * shape[2], shape[2]);
        Assert.Equal(row[..2].ToArray(), row[2..].ToArray()); // both agents saw the same
        return ((int)row[0], (int)row[1]);
    }

    private static (int Copy, int Moment) State(Message batch, int t, int item)
    {
        var row = batch[BatchMessages.State].Slice(((t * batch.Layout.Fields[BatchMessages.State].Shape[1]) + item) * 3, 3);
        return ((int)row[0], (int)row[1]);
    }
}
