using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Environments.Traffic;
using Xunit;

namespace Marl.Actors.Environments.Tests.Stages;

public sealed class WorldStageTests
{
    private static readonly Component Lives = WorldComponent.Of<LivesOptions>(
        "environment/lives", "For tests.", "", options => new LivesWorld(options, 1).Spec, (options, copies) => new LivesWorld(options, copies));

    [Fact]
    public void Speaks_first_with_a_step_token_for_each_agent_and_the_state()
    {
        using var bench = Started(new(), copies: 3);
        Assert.Equal([0, 1], bench.Sent[WorldComponent.Steps].Select(s => s.Peer));
        Assert.Equal(new Stamp(0, 0), bench.Step(1).Stamp);
        Assert.Equal([0, 0, 0], bench.Step(0)[StepMessages.Reward].ToArray());
        Assert.Equal([0, 0, 0], bench.Last(WorldComponent.State)[StateMessages.State].ToArray());
        Assert.True(((IClock)bench.Stage).AtBoundary);
        Assert.Equal(1, bench.Stage.Needs[WorldComponent.Actions]);
    }

    [Fact]
    public void Stamps_count_steps_within_iterations()
    {
        using var bench = Started(new(MaxSteps: 0), copies: 1, StageBench.Context(iteration: 3));
        var stamps = new List<Stamp>();
        for (var t = 0; t < 7; t++)
        {
            bench.Fire(0, 0);
            stamps.Add(bench.Step(0).Stamp);
        }

        Assert.Equal([new(0, 1), new(0, 2), new(1, 0), new(1, 1), new(1, 2), new(2, 0), new(2, 1)], stamps);
        Assert.Equal(7, ((IClock)bench.Stage).VectorSteps);
    }

    [Fact]
    public void Rewards_go_to_the_agents_that_earned_them_and_absence_is_the_noop()
    {
        using var bench = Started(new(), copies: 2);
        bench.Fire(1, 0);
        Assert.Equal([1, 1], bench.Step(0)[StepMessages.Reward].ToArray());
        Assert.Equal([10, 10], bench.Step(1)[StepMessages.Reward].ToArray());
        bench.Fire(null, 1);
        Assert.Equal([2, 2], bench.Step(0)[StepMessages.Reward].ToArray());
        var error = Assert.Throws<InvalidOperationException>(() => bench.Fire(0, null));
        Assert.Contains("'must-act' sent no action", error.Message);
    }

    [Fact]
    public void A_time_limit_truncates_and_the_last_observation_travels_beside_the_first()
    {
        using var bench = Started(new(MaxSteps: 3), copies: 2);
        var first = bench.Step(0)[StepMessages.Observation].ToArray();
        bench.Fire(0, 0);
        bench.Fire(0, 0);
        Assert.False(bench.Step(0).Has(StepMessages.FinalObservation));
        Assert.False(bench.Last(WorldComponent.State).Has(StateMessages.FinalState));

        bench.Fire(0, 0);
        var step = bench.Step(1);
        Assert.Equal([1, 1], step[StepMessages.Truncated].ToArray());
        Assert.Equal([0, 0], step[StepMessages.Terminated].ToArray());
        Assert.Equal([first[0], 3, first[2], 3], step[StepMessages.FinalObservation].ToArray());
        Assert.Equal([0, 0], [step[StepMessages.Observation][1], step[StepMessages.Observation][3]]);
        Assert.NotEqual(first[0], step[StepMessages.Observation][0]);
        Assert.Equal([3, 3], bench.Last(WorldComponent.State)[StateMessages.FinalState].ToArray());
        Assert.Equal([0, 0], bench.Last(WorldComponent.State)[StateMessages.State].ToArray());
    }

    [Fact]
    public void A_terminal_state_is_no_time_limit_and_other_copies_play_on()
    {
        using var bench = Started(new(MaxSteps: 3, Life: 2), copies: 3); // copies end in steps 2, 3 and (cut) 3
        bench.Fire(0, 0);
        bench.Fire(0, 0);
        Assert.Equal([1, 0, 0], bench.Step(0)[StepMessages.Terminated].ToArray());
        Assert.Equal([0, 0, 0], bench.Step(0)[StepMessages.Truncated].ToArray());
        var rows = bench.Step(0)[StepMessages.FinalObservation].ToArray();
        Assert.Equal([2, 2, 2], [rows[1], rows[3], rows[5]]);
        Assert.Equal(bench.Step(0)[StepMessages.Observation][2..].ToArray(), rows[2..]);

        bench.Fire(0, 0);
        Assert.Equal([0, 1, 0], bench.Step(0)[StepMessages.Terminated].ToArray());
        Assert.Equal([0, 0, 1], bench.Step(0)[StepMessages.Truncated].ToArray());
    }

    [Fact]
    public void Every_iteration_reports_the_episodes_that_ended_in_it()
    {
        using var bench = Started(new(MaxSteps: 3), copies: 2, StageBench.Context(iteration: 4));
        for (var t = 0; t < 4; t++)
        {
            bench.Fire(1, 2);
        }

        var report = bench.Last(WorldComponent.Episodes);
        Assert.Equal(new Stamp(0), report.Stamp);
        Assert.Equal(2, report[EpisodeMessages.Count][0]);
        Assert.Equal(6, report[EpisodeMessages.Length][0]);
        Assert.Equal([6, 72], report[EpisodeMessages.Return].ToArray()); // 2 copies · 3 steps · (1 and 12)

        for (var t = 0; t < 4; t++)
        {
            bench.Fire(0, 0);
        }

        Assert.Equal(2, bench.Sent[WorldComponent.Episodes].Count);
        Assert.Equal((new Stamp(1), 2f), (bench.Last(WorldComponent.Episodes).Stamp, bench.Last(WorldComponent.Episodes)[EpisodeMessages.Count][0]));
        Assert.Equal([2, 64], bench.Last(WorldComponent.Episodes)[EpisodeMessages.Return].ToArray()); // one step of the first four rewarded 1 and 12
        Assert.Empty(bench.Sent[WorldComponent.Scores]);
    }

    [Fact]
    public void Training_ends_after_its_steps()
    {
        using var bench = Started(new(), copies: 1, StageBench.Context(vectorSteps: 2));
        bench.Fire(0, 0);
        Assert.NotSame(Needs.Ended, bench.Stage.Needs);
        bench.Fire(0, 0);
        Assert.Same(Needs.Ended, bench.Stage.Needs);
    }

    [Fact]
    public void An_evaluation_pass_is_one_episode_of_every_copy_and_then_the_next_pass_begins()
    {
        using var bench = Started(new(MaxSteps: 4, Life: 2), copies: 3, StageBench.Context(purpose: Purpose.Evaluation)); // lengths 2, 3, 4
        for (var t = 0; t < 3; t++)
        {
            bench.Fire(1, 0);
            Assert.Equal(new Stamp(0, t + 1), bench.Step(0).Stamp);
        }

        Assert.Empty(bench.Sent[WorldComponent.Scores]);
        bench.Fire(1, 0);
        var scores = bench.Last(WorldComponent.Scores);
        Assert.Equal(new Stamp(0), scores.Stamp);
        Assert.Equal([2, 3, 4], scores[ScoreMessages.Length].ToArray());
        Assert.Equal([2, 3, 4, 20, 30, 40], scores[ScoreMessages.Return].ToArray()); // a copy's later episodes don't count
        Assert.Equal(new Stamp(1, 0), bench.Step(0).Stamp);
        Assert.Equal([0, 0, 0], bench.Last(WorldComponent.State)[StateMessages.State].ToArray()); // all copies begin anew
        Assert.Empty(bench.Sent[WorldComponent.Episodes]);

        for (var t = 0; t < 4; t++)
        {
            bench.Fire(0, 0);
        }

        Assert.Equal(2, bench.Sent[WorldComponent.Scores].Count);
        Assert.Equal(new Stamp(1), bench.Last(WorldComponent.Scores).Stamp);
        Assert.Equal([0, 0, 0, 20, 30, 40], bench.Last(WorldComponent.Scores)[ScoreMessages.Return].ToArray());
    }

    // In a crossing full of hurried cars some copies see a collision within six steps and some don't.
    [Fact]
    public void Successes_are_reported_as_the_world_judges_them()
    {
        const int copies = 64;
        var junction = BuiltInEnvironments.All.Single(c => c.Id == "environment/traffic-junction");
        var options = new TrafficJunctionOptions(ArrivalRate: 0.3, MaxSteps: 6);
        Assert.True(junction.HasSuccess(options));
        using var training = new StageBench(junction, options, copies, StageBench.Context(iteration: 6));
        using var evaluation = new StageBench(junction, options with { RampTo = 1_000_000, FirstRate = 1e-9 }, copies, StageBench.Context(purpose: Purpose.Evaluation));
        var crashed = new HashSet<int>();
        foreach (var bench in (StageBench[])[training, evaluation])
        {
            bench.Stage.Start(bench);
            crashed.Clear();
            for (var t = 0; t < 6; t++)
            {
                bench.Fire(0, 0, 0, 0, 0);
                crashed.UnionWith(Enumerable.Range(0, copies).Where(copy => Enumerable.Range(0, 5).Any(car => bench.Step(car)[StepMessages.Reward][copy] < -5)));
            }
        }

        Assert.InRange(crashed.Count, 1, copies - 1);
        var scores = evaluation.Last(WorldComponent.Scores);
        Assert.All(crashed, copy => Assert.Equal(0, scores[ScoreMessages.Success][copy]));
        Assert.Equal(copies - crashed.Count, training.Last(WorldComponent.Episodes)[EpisodeMessages.Success][0]); // the same keys, and no curriculum in evaluations
        Assert.Equal(copies - crashed.Count, scores[ScoreMessages.Success].ToArray().Sum());
    }

    [Theory]
    [InlineData(Purpose.Training)]
    [InlineData(Purpose.Evaluation)]
    public void A_saved_stage_goes_on_bit_for_bit(Purpose purpose)
    {
        var context = StageBench.Context(purpose: purpose);
        foreach (var component in BuiltInEnvironments.All.Append(Lives))
        {
            var options = component.Options.Create(new Dictionary<string, object>());
            using var bench = new StageBench(component, options, copies: 5, context);
            bench.Stage.Start(bench);
            Play(bench, 0, 29);
            var snapshot = new StageSnapshot();
            bench.Stage.Save(snapshot);

            using var fresh = new StageBench(component, options, copies: 5, context);
            fresh.Stage.Load(snapshot);
            bench.Clear();
            Play(bench, 29, 30);
            Play(fresh, 29, 30);
            Assert.Equal(((IClock)bench.Stage).VectorSteps, ((IClock)fresh.Stage).VectorSteps);
            for (var port = 0; port < bench.Sent.Length; port++)
            {
                Assert.Equal(bench.Sent[port].Count, fresh.Sent[port].Count);
                foreach (var (expected, actual) in bench.Sent[port].Zip(fresh.Sent[port]))
                {
                    Assert.Equal((expected.Peer, expected.Message.Stamp, expected.Message.Layout), (actual.Peer, actual.Message.Stamp, actual.Message.Layout));
                    Assert.Equal(expected.Message.Block.ToArray(), actual.Message.Block.ToArray());
                }
            }
        }

        static void Play(StageBench bench, int from, int steps)
        {
            for (var t = from; t < from + steps; t++)
            {
                bench.Fire([.. Enumerable.Range(0, bench.Agents).Select(a => (int?)((t + a) % 2))]);
            }
        }
    }

    [Fact]
    public void Nothing_is_computed_for_a_state_nobody_reads()
    {
        using var bench = new StageBench(Lives, new LivesOptions(MaxSteps: 1), copies: 1, stateIsRead: false);
        bench.Stage.Start(bench);
        bench.Fire(0, 0);
        Assert.Empty(bench.Sent[WorldComponent.State]);
    }

    private static StageBench Started(LivesOptions options, int copies, StageContext? context = null)
    {
        var bench = new StageBench(Lives, options, copies, context ?? StageBench.Context());
        bench.Stage.Start(bench);
        return bench;
    }
}
