using Marl.Actors.Algorithms.Evolution;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Agents;
using Xunit;

namespace Marl.Actors.Algorithms.Tests.Evolution;

/// <summary>Agents and their learner: nobody sends parameters, and all have the same.</summary>
public sealed class PopulationTests
{
    private const int Members = PopulationBench.Copies * PopulationBench.Shards;
    private const int Generation = PopulationBench.Generation;

    [Theory]
    [InlineData(EvolutionOptimiser.Adam, 0)]
    [InlineData(EvolutionOptimiser.Momentum, 0)]
    [InlineData(EvolutionOptimiser.Adam, 4)]
    public void After_every_generation_each_agent_has_the_learners_parameters_to_the_bit(EvolutionOptimiser optimiser, int memory)
    {
        for (var generations = 0; generations < 5; generations++)
        {
            var bench = new PopulationBench([8], new(Optimiser: optimiser), memory);
            bench.Play(generations);
            Assert.Equal(generations, bench.Learned.Last(EsComponent.Generations, 0).Stamp.Update);
            Assert.All(Enumerable.Range(0, PopulationBench.Shards), shard => Assert.Equal(Bits(bench.Weights), Bits(bench.Parameters(shard))));
        }
    }

    [Fact]
    public void Agents_that_are_saved_and_made_anew_after_every_step_go_on_to_the_bit()
    {
        var (whole, parts) = (new PopulationBench([8], memory: 4), new PopulationBench([8], memory: 4));
        whole.Play(4);
        parts.Play(4, isReplaced: true);
        Assert.Equal(Bits(whole.Weights), Bits(parts.Weights));
        Assert.Equal(
            whole.Acted.SelectMany(a => a.All.SelectMany(s => Bits(s.Message.Block.ToArray()))), parts.Acted.SelectMany(a => a.All.SelectMany(s => Bits(s.Message.Block.ToArray()))));
    }

    [Fact]
    public void Each_copy_acts_with_the_parameters_of_its_member()
    {
        var bench = new PopulationBench([8]);
        bench.Play(1);
        var network = bench.Policy.Network;
        var search = new EvolutionSearch(network);
        var first = bench.Learned.All.First(s => s.Port == EsComponent.Generations).Message;
        search.Begin(EvolutionKey.Read(first[GenerationMessages.Key]), EvolutionStep.Read(first[GenerationMessages.Step]));
        var (pass, parameters, values) = (new ForwardPass(network), new float[network.Parameters], new float[2]);
        for (var step = 0; step < Generation; step++)
        {
            for (var member = 0; member < Members; member++)
            {
                var (shard, copy) = Math.DivRem(member, PopulationBench.Copies);
                search.Member(0, member, parameters);
                pass.Load(parameters);
                pass.Run(PopulationBench.Shown(shard, step).AsSpan(2 * copy, 2), values);
                Assert.Equal(values[1] > values[0] ? 1 : 0, Actions(bench, shard)[step][ActionMessages.Action][copy]);
            }
        }
    }

    /// <summary>The reference goes through the steps episode by episode, instead of keeping books.</summary>
    [Fact]
    public void A_member_is_told_for_the_whole_episodes_that_it_played_by_itself()
    {
        const int Generations = 4;
        var bench = new PopulationBench([8]);
        bench.Play(Generations);
        var unfinished = 0;
        for (var shard = 0; shard < PopulationBench.Shards; shard++)
        {
            var told = bench.Acted[shard].All.Where(s => s.Port == EvolvingAgent.Returns).Select(s => s.Message).ToList();
            Assert.Equal(Generations, told.Count);
            for (var generation = 0; generation < Generations; generation++)
            {
                Assert.Equal(shard * PopulationBench.Copies, told[generation][ReturnMessages.First][0]);
                for (var copy = 0; copy < PopulationBench.Copies; copy++)
                {
                    var (mean, length, count) = Expected(bench, shard, generation, copy);
                    unfinished += count == 0 ? 1 : 0;
                    Assert.Equal((float)mean, told[generation][ReturnMessages.Return][copy]);
                    Assert.Equal((float)length, told[generation][ReturnMessages.Length][copy]);
                    Assert.Equal(count, told[generation][ReturnMessages.Episodes][copy]);
                }
            }
        }

        Assert.InRange(unfinished, 1, (Members * Generations) - 1); // both cases are seen
    }

    [Fact]
    public void What_is_sent_is_as_long_for_a_small_network_as_for_a_large_one()
    {
        var (small, large) = (new PopulationBench([8]), new PopulationBench([256, 256]));
        small.Play(2);
        large.Play(2);
        Assert.True(large.Policy.Network.Parameters > 1000 * small.Policy.Network.Parameters);
        Assert.Equal(Lengths(small), Lengths(large));

        static IEnumerable<int> Lengths(PopulationBench bench) =>
            [.. bench.Learned.All.Where(s => s.Port == EsComponent.Generations).Select(s => s.Message.Block.Length), .. bench.Acted.SelectMany(a => a.All.Select(s => s.Message.Block.Length))];
    }

    [Fact]
    public void An_agent_that_was_not_told_of_a_generation_stops_and_says_so()
    {
        var bench = new PopulationBench([8]);
        bench.Play(2);
        var other = new PopulationBench([8]);
        other.Play(4);
        var found = Assert.Throws<StageException>(() => bench.Tell(0, other.Learned.Last(EsComponent.Generations, 0)));
        Assert.Equal(EvolutionCodes.MissedGeneration, found.Code);
        Assert.Contains("version 2", found.Sentence, StringComparison.Ordinal);
        Assert.Contains("generation 4", found.Sentence, StringComparison.Ordinal);
    }

    private static (double Mean, double Length, int Count) Expected(PopulationBench bench, int shard, int generation, int copy)
    {
        var (begin, end) = (generation * Generation, (generation + 1) * Generation);
        var (returns, lengths) = (new List<double>(), new List<int>());
        var start = begin;
        while (start > 0 && !PopulationBench.HasEnded(shard, start, copy) && start < end)
        {
            start++;
        }

        double Sum(int from, int to) => Enumerable.Range(from + 1, to - from).Sum(step => PopulationBench.Reward(shard, step, copy, Actions(bench, shard)[step - 1][ActionMessages.Action]));
        for (var step = start + 1; step <= end; step++)
        {
            if (PopulationBench.HasEnded(shard, step, copy))
            {
                returns.Add(Sum(start, step));
                lengths.Add(step - start);
                start = step;
            }
        }

        return returns.Count > 0 ? (returns.Average(), lengths.Average(), returns.Count) : (Sum(start, end), end - start, 0);
    }

    private static List<Message> Actions(PopulationBench bench, int shard) => [.. bench.Acted[shard].All.Where(s => s.Port == AgentPorts.Actions).Select(s => s.Message)];

    private static IEnumerable<int> Bits(float[] values) => values.Select(BitConverter.SingleToInt32Bits);
}
