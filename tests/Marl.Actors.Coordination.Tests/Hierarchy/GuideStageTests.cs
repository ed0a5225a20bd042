using Marl.Actors.Coordination.Hierarchy;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Hierarchy;

/// <summary>An agent walks along the x axis; observations are x, y, and a third number.</summary>
public sealed class GuideStageTests
{
    private static readonly GuideOptions Options = new(Every: 3, Observes: 3, Report: 2, Unit: 0.5, Intrinsic: 2, Extrinsic: 10);

    [Fact]
    public void It_reports_and_takes_a_goal_once_in_k_steps_and_holds_it_between()
    {
        var stage = Stage();
        var bench = new HierarchyBench(stage, 1, 1);
        for (var t = 0; t < 7; t++)
        {
            Assert.Equal((1, 0), (stage.Needs[0], stage.Needs[1]));
            Walk(bench, t, t);
            if (t % 3 == 0)
            {
                Assert.Equal((0, 1), (stage.Needs[0], stage.Needs[1]));
                Aim(bench, t / 3, 10 * t, 0);
            }
        }

        Assert.Equal(["0.0", "0.1", "0.2"], StampsOf(bench, GuideComponent.Reports)); // in its own time
        Assert.Equal(["0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6"], StampsOf(bench, GuideComponent.Guided));
        Assert.Equal([0, 0, 0, 30, 30, 30, 60], bench.Sent.Where(s => s.Port == GuideComponent.Held).Select(s => s.Message[GoalMessages.Goal][0]));
    }

    [Fact]
    public void The_way_to_the_goal_stands_behind_the_observation_in_units()
    {
        var bench = new HierarchyBench(Stage(), 1, 1);
        Walk(bench, 0, 1);
        Aim(bench, 0, 3, -1);
        Assert.Equal([1, 0, 7, 4, -2], bench.Last(GuideComponent.Guided)[StepMessages.Observation].ToArray());
        Assert.Equal([1, 0], bench.Last(GuideComponent.Reports)[StepMessages.Observation].ToArray());
    }

    // 2 · (nearer by) / 0.5 + 10 · reward, by the goal that held during the step.
    [Fact]
    public void The_pay_is_for_coming_nearer_and_a_share_of_the_reward()
    {
        var bench = new HierarchyBench(Stage(), 1, 1);
        Walk(bench, 0, 0, reward: 5); // nothing led here
        Aim(bench, 0, 3, 4);          // 5 away
        Assert.Equal(0, Paid(bench));
        Walk(bench, 1, 3);            // now 4 away
        Assert.Equal(4, Paid(bench));
        Walk(bench, 2, 0, reward: 0.25f);
        Assert.Equal(-4 + 2.5f, Paid(bench));
        Walk(bench, 3, 3, reward: 1);
        Aim(bench, 1, 100, 0);
        Assert.Equal(4 + 10, Paid(bench)); // the new goal is of no account yet
        Walk(bench, 4, 13);
        Assert.Equal(40, Paid(bench));
    }

    [Fact]
    public void A_report_tells_the_sum_of_rewards_since_the_last()
    {
        var bench = new HierarchyBench(Stage(), 1, 1);
        for (var t = 0; t < 7; t++)
        {
            Walk(bench, t, t, reward: t);
            if (t % 3 == 0)
            {
                Aim(bench, t / 3, 0, 0);
            }
        }

        Assert.Equal([0, 1 + 2 + 3, 4 + 5 + 6], bench.Sent.Where(s => s.Port == GuideComponent.Reports).Select(s => s.Message[StepMessages.Reward][0]));
    }

    [Fact]
    public void Where_an_episode_ends_within_a_window_the_coordinator_s_transition_ends_too()
    {
        var bench = new HierarchyBench(Stage(copies: 2), 1, 1);
        Fire(bench, HierarchyBench.Step(new(0, 0), [0, 0, 0, 0, 0, 0], [0, 0]));
        Fire(bench, HierarchyBench.Goal(default, 8, 0, 8, 0));
        // The second copy ends at x = 4 and begins anew at x = 1.
        Fire(bench, HierarchyBench.Step(new(0, 1), [1, 0, 0, 1, 0, 0], [1, 1], truncated: [0, 1], finals: [1, 0, 0, 4, 0, 9]));
        Assert.Equal([4 + 10, 16 + 10], bench.Last(GuideComponent.Guided)[StepMessages.Reward].ToArray());
        Assert.Equal([1, 0, 0, 14, 0, 4, 0, 9, 8, 0], bench.Last(GuideComponent.Guided)[StepMessages.FinalObservation].ToArray());
        Fire(bench, HierarchyBench.Step(new(0, 2), [2, 0, 0, 2, 0, 0], [1, 1]));
        Assert.Equal([4 + 10, 4 + 10], bench.Last(GuideComponent.Guided)[StepMessages.Reward].ToArray()); // on from where the new episode began
        Fire(bench, HierarchyBench.Step(new(0, 3), [3, 0, 0, 3, 0, 0], [1, 1]));
        var report = bench.Last(GuideComponent.Reports);
        Assert.Equal([3, 1], report[StepMessages.Reward].ToArray()); // what came after the end belongs to no transition
        Assert.Equal([0, 1], report[StepMessages.Truncated].ToArray());
        Assert.Equal([3, 0, 4, 0], report[StepMessages.FinalObservation].ToArray());
        Fire(bench, HierarchyBench.Goal(default, 8, 0, 8, 0));
        for (var t = 4; t <= 6; t++)
        {
            Fire(bench, HierarchyBench.Step(new(0, t), [t, 0, 0, t, 0, 0], [1, 1]));
        }

        Assert.Equal([3, 3], bench.Last(GuideComponent.Reports)[StepMessages.Reward].ToArray());
        Assert.False(bench.Last(GuideComponent.Reports).Has(StepMessages.FinalObservation));
    }

    [Fact]
    public void An_evaluation_pass_begins_a_window_wherever_the_last_one_ended()
    {
        var stage = Stage(purpose: Purpose.Evaluation);
        var bench = new HierarchyBench(stage, 1, 1);
        Walk(bench, 0, 0);
        Aim(bench, 0, 1, 0);
        Walk(bench, 1, 0, reward: 1);
        Fire(bench, HierarchyBench.Step(new(1, 0), [0, 0, 7], [1], truncated: [1], finals: [0, 0, 7]));
        Assert.Equal((0, 1), (stage.Needs[0], stage.Needs[1]));
        Assert.Equal([new Stamp(0), new Stamp(1)], bench.Sent.Where(s => s.Port == GuideComponent.Reports).Select(s => s.Message.Stamp));
    }

    [Fact]
    public void A_saved_guide_goes_on_bit_for_bit()
    {
        for (var cut = 0; cut < 9; cut++)
        {
            var (whole, first) = (Stage(), Stage());
            var (expected, before) = (new HierarchyBench(whole, 1, 1), new HierarchyBench(first, 1, 1));
            for (var t = 0; t < cut; t++)
            {
                Next(whole, expected, t);
                Next(first, before, t);
            }

            var snapshot = new StageSnapshot();
            first.Save(snapshot);
            var second = Stage();
            second.Load(snapshot);
            var after = new HierarchyBench(second, 1, 1);
            expected.Sent.Clear();
            for (var t = cut; t < 12; t++)
            {
                Next(whole, expected, t);
                Next(second, after, t);
            }

            Assert.Equal(expected.Sent.Select(s => (s.Port, s.Message.Stamp, string.Join(' ', s.Message.Block.ToArray()))), after.Sent.Select(s => (s.Port, s.Message.Stamp, string.Join(' ', s.Message.Block.ToArray()))));
        }

        // Whatever it needs next: three steps and a goal in turns of four.
        static void Next(IStage stage, HierarchyBench bench, int t)
        {
            var walked = t - ((t + 2) / 4);
            if (stage.Needs[0] == 1)
            {
                Walk(bench, walked, t * t, reward: t);
            }
            else
            {
                Aim(bench, walked / 3, t, 1);
            }
        }
    }

    [Fact]
    public void More_than_is_observed_can_t_be_reported() =>
        Assert.Contains("5 numbers can't be reported", Assert.Single(new GuideOptions(1, Observes: 3, Report: 5).Conflicts()).Sentence);

    private static GuideStage Stage(int copies = 1, Purpose purpose = Purpose.Training) => new(Options, HierarchyBench.Context(purpose, new Dictionary<string, Values<PortType>>
    {
        ["steps"] = [HierarchyBench.Steps(copies, 3)],
        ["goals"] = [GoalMessages.Type(Term.Of(copies))],
    }));

    private static void Walk(HierarchyBench bench, int t, float x, float reward = 0) => Fire(bench, HierarchyBench.Step(new(0, t), [x, 0, 7], [reward]));

    private static void Aim(HierarchyBench bench, int t, float x, float y) => Fire(bench, HierarchyBench.Goal(new(0, t), x, y));

    private static void Fire(HierarchyBench bench, Message token) => bench.Fire((token.Layout.Kind == GoalMessages.Kind ? GuideComponent.Goals : GuideComponent.Steps, [token]));

    private static float Paid(HierarchyBench bench) => bench.Last(GuideComponent.Guided)[StepMessages.Reward][0];

    private static string[] StampsOf(HierarchyBench bench, int port) => [.. bench.Sent.Where(s => s.Port == port).Select(s => $"{s.Message.Stamp}")];
}
