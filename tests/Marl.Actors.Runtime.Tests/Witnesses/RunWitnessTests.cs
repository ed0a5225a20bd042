using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Faults;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tests.Graphs;
using Marl.Actors.Runtime.Witnesses;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Witnesses;

/// <summary>Each token is taken once, let go by an operator or left at the end, and nothing comes after the end; whoever breaks that is named.</summary>
public sealed class RunWitnessTests
{
    private const int Fifth = 4;

    [Theory]
    [InlineData(Merge.ByStep)]
    [InlineData(Merge.AsItComes)]
    public void Every_token_is_accounted_for(Merge merge)
    {
        var (witness, violations) = Watch(TestGraphs.Loop(100, merge: merge));
        Assert.Empty(violations);

        // 101 questions to each of three workers, as many answers, 20 reports of each; the last answers come when the clock has ended.
        Assert.Equal(new Conservation(Produced: 303 + 303 + 60, Consumed: 303 + 300 + 60, Added: 0, Pending: 3, []), witness.Totals);
        Assert.Equal(666, witness.Messages);
    }

    [Fact]
    public async Task The_actors_on_one_thread_are_followed_too()
    {
        var reference = Watch(TestGraphs.Loop(100)).Witness;
        var witness = new RunWitness(reference);
        await LocalInterpreter.RunAsync(TestGraphs.Loop(100), new() { Observer = new RecordingObserver(), Schedule = 3, Witness = witness });
        witness.Close();
        Assert.Empty(witness.Findings);
        Assert.Equal(reference.Totals, witness.Totals);
    }

    [Fact]
    public void A_token_that_is_skipped_is_named()
    {
        var (_, violations) = Watch(TestGraphs.Loop(100), link => link.Edge.From == "workers" && link.Edge.To == "sum" ? new Swallowing() : new LinkReceiver());
        Assert.Contains(violations, v => v.Code == FaultCodes.Lost && v.Sentence.Contains("token 6 at 5.0 reached its consumer before token 5"));
        Assert.Contains(violations, v => v.Code == WitnessCodes.NotConserved && v.Sentence.Contains("'sum' got the token at 5.0 as number 5, but what 'workers/"));
    }

    [Fact]
    public void A_token_that_gets_lost_and_stalls_the_run_is_named()
    {
        var (_, violations) = Watch(TestGraphs.Loop(100), link => link.Producer.Name == "workers/b" && link.Edge.To == "clock" ? new Swallowing() : new LinkReceiver());
        Assert.Equal(
            "workers.answers → clock.answers: token 5 at 0.4, made by 'workers/b', never reached 'clock'; it was last seen on its way. 5 were made, 4 came.",
            Assert.Single(violations).Sentence);
    }

    [Fact]
    public void A_token_that_never_comes_is_named_with_where_it_was_last_seen()
    {
        var (_, violations) = Watch(TestGraphs.Loop(100), link => link.Edge.To == "sum" ? new Ending() : new LinkReceiver());
        Assert.Contains(violations, v => v.Code == WitnessCodes.NotConserved
            && v.Sentence.Contains("workers.reports → sum.reports: token 5 at 4.0, made by 'workers/")
            && v.Sentence.Contains("never reached 'sum'; it was last seen on its way."));
    }

    [Fact]
    public void A_token_behind_the_end_is_found_on_the_link_and_at_the_stage()
    {
        var (_, violations) = Watch(TestGraphs.Loop(10), _ => new Talkative());
        Assert.Contains(violations, v => v.Code == FaultCodes.AfterEnd);
        Assert.Contains(violations, v => v.Code == WitnessCodes.AfterEnd && v.Sentence.Contains("'sum' got the token at 1.0 after the end of the stream."));
    }

    [Fact]
    public void An_operator_that_makes_tokens_up_is_named()
    {
        var (_, violations) = Watch(TestGraphs.Loop(100, reportOperators: [TestOperators.Use("repeat-first")]));
        Assert.Contains(violations, v => v.Code == WitnessCodes.NotConserved && v.Sentence.StartsWith("workers.reports → sum.reports: 'repeat-first' has passed on 2 tokens", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_run_is_held_against_the_first_place_by_place()
    {
        var reference = Watch(TestGraphs.Loop(100)).Witness;
        var witness = new RunWitness(reference);
        SimulatedInterpreter.Run(TestGraphs.Loop(100) with { Seed = 8 }, new() { Observer = new RecordingObserver() }, 1, new(FaultPlan.None) { Witness = witness });
        var first = Assert.IsType<Deviation>(witness.Findings[0]);
        Assert.Equal(("workers.answers → clock.answers", 1, new Stamp(0)), (first.Edge, first.Number, first.Stamp));
        Assert.StartsWith("workers/", first.Stage);
        Assert.False(first.IsMissing);
    }

    [Fact]
    public void A_run_that_sends_less_misses_tokens()
    {
        var reference = Watch(TestGraphs.Loop(100)).Witness;
        var witness = new RunWitness(reference);
        SimulatedInterpreter.Run(TestGraphs.Loop(50), new() { Observer = new RecordingObserver() }, 1, new(FaultPlan.None) { Witness = witness });
        var missing = witness.Findings.Cast<Deviation>().First(d => d.Edge == "workers.reports → sum.reports");
        Assert.True(missing.IsMissing);
        Assert.Equal((11, new Stamp(10)), (missing.Number, missing.Stamp));
    }

    private static (RunWitness Witness, Values<Diagnostic> Violations) Watch(Graph graph, Func<Link, LinkReceiver>? receiver = null)
    {
        var faults = receiver is null ? new FaultInjection(FaultPlan.None) : new(FaultPlan.None) { Receiver = receiver };
        SimulatedInterpreter.Run(graph, new() { Observer = new RecordingObserver() }, 1, faults);
        return (faults.Witness, faults.Violations);
    }

    /// <summary>Loses the fifth token.</summary>
    private sealed class Swallowing : LinkReceiver
    {
        public override void Accept(long number, Message? message, Action<long, Message?> giveOn) =>
            base.Accept(number, message, (n, token) =>
            {
                if (n != Fifth)
                {
                    giveOn(n, token);
                }
            });
    }

    /// <summary>Takes the fifth token, and all behind it, for the end.</summary>
    private sealed class Ending : LinkReceiver
    {
        private bool hasEnded;

        public override void Accept(long number, Message? message, Action<long, Message?> giveOn) =>
            base.Accept(number, message, (n, token) =>
            {
                if (n < Fifth)
                {
                    giveOn(n, token);
                }
                else if (!hasEnded)
                {
                    hasEnded = true;
                    giveOn(n, null);
                }
            });
    }

    /// <summary>Gives the last token once more behind the end.</summary>
    private sealed class Talkative : LinkReceiver
    {
        private Message? last;

        public override void Accept(long number, Message? message, Action<long, Message?> giveOn) =>
            base.Accept(number, message, (n, token) =>
            {
                giveOn(n, token);
                if (token is null && last is not null)
                {
                    giveOn(n + 1, last);
                }

                last = token is null ? null : token.Retain();
            });
    }
}
