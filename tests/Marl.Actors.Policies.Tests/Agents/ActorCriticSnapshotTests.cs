using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Tests.Agents;

/// <summary>A saved agent stage goes on as if nothing had happened.</summary>
public class ActorCriticSnapshotTests
{
    private const int Length = AgentBench.Length;

    /// <summary>Saved after every possible number of firings, also between a step and its weights.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_saved_stage_goes_on_bit_for_bit(bool fixedRoster)
    {
        var script = Script(updates: 4);
        using var whole = new AgentBench(fixedRoster: fixedRoster);
        foreach (var (port, message) in script(whole))
        {
            whole.Fire(port, message);
        }

        for (var cut = 0; cut <= script(whole).Count; cut++)
        {
            using var first = new AgentBench(fixedRoster: fixedRoster);
            using var second = new AgentBench(fixedRoster: fixedRoster);
            foreach (var (port, message) in script(first).Take(cut))
            {
                first.Fire(port, message);
            }

            var snapshot = new StageSnapshot();
            first.Stage.Save(snapshot);
            second.Stage.Load(snapshot);
            Assert.Equal(first.Stage.UnsentSteps, second.Stage.UnsentSteps);
            foreach (var (port, message) in script(second).Skip(cut))
            {
                second.Fire(port, message);
            }

            Assert.Equal(whole.Sent.Select(Describe), first.Sent.Concat(second.Sent).Select(Describe));
        }
    }

    [Fact]
    public void Equal_states_are_saved_as_equal_bytes()
    {
        static SortedDictionary<string, string> Saved()
        {
            using var bench = new AgentBench();
            bench.Step(new(0, 0));
            bench.Step(new(0, 1), [1]);
            var snapshot = new StageSnapshot();
            bench.Stage.Save(snapshot);
            return new(snapshot.Entries.ToDictionary(e => e.Key, e => Convert.ToHexString(e.Value)));
        }

        Assert.Equal(Saved(), Saved());
    }

    /// <summary>Tokens of a run in which some episodes end, in the order in which the stage asks for them.</summary>
    private static Func<AgentBench, List<(int Port, Message Message)>> Script(int updates) => bench =>
    {
        var tokens = new List<(int, Message)>();
        var stamp = default(Stamp);
        for (var i = 0; i <= updates * Length; i++, stamp = stamp.NextStep(Length))
        {
            tokens.Add((AgentPorts.Steps, bench.StepMessage(stamp, i % 4 == 1 ? [0] : i % 5 == 3 ? [0, 1] : [])));
            if (stamp.Step == 0)
            {
                tokens.Add((AgentPorts.Weights, bench.WeightsMessage(stamp.Update)));
            }
        }

        return tokens;
    };

    private static string Describe((int Port, Message Message) sent) =>
        $"{sent.Port} {sent.Message} {sent.Message.Layout} {string.Join(" ", sent.Message.Block.ToArray().Select(BitConverter.SingleToInt32Bits))}";
}
