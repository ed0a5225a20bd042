using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Xunit;

namespace Marl.Actors.Environments.Tests.Stages;

/// <summary>What agents that die and wait are told by their world's stage.</summary>
public sealed class RosterStageTests
{
    private const int Mayfly = 0;
    private const int Sleeper = 1;

    private static readonly Component Roster = WorldComponent.Of<RosterOptions>(
        "environment/roster", "For tests.", "", options => new RosterWorld(options, 1).Spec, (options, copies) => new RosterWorld(options, copies));

    [Fact]
    public void Every_step_says_who_acts()
    {
        using var bench = Started(new(), copies: 2);
        Assert.Equal([1, 1], Flags(bench, Mayfly, StepMessages.Active));
        Assert.Equal([1, 1], Flags(bench, Sleeper, StepMessages.Active));
        bench.Fire(0, 0);
        Assert.Equal([1, 1], Flags(bench, Mayfly, StepMessages.Active));
        Assert.Equal([0, 0], Flags(bench, Sleeper, StepMessages.Active));
        bench.Fire(0, 0);
        Assert.Equal([0, 1], Flags(bench, Mayfly, StepMessages.Active));
        Assert.Equal([1, 1], Flags(bench, Sleeper, StepMessages.Active));
    }

    [Fact]
    public void An_agents_own_end_is_terminal_for_it_alone_and_the_episode_goes_on()
    {
        using var bench = Started(new(), copies: 2);
        bench.Fire(0, 0);
        Assert.Equal([0, 0], Flags(bench, Mayfly, StepMessages.Terminated));
        Assert.False(bench.Step(Mayfly).Has(StepMessages.FinalObservation));

        bench.Fire(0, 0); // it dies in copy 0
        Assert.Equal([1, 0], Flags(bench, Mayfly, StepMessages.Terminated));
        Assert.Equal([0, 0], Flags(bench, Sleeper, StepMessages.Terminated));
        Assert.Equal([2, 2], Flags(bench, Mayfly, StepMessages.FinalObservation));
        Assert.Equal([2, 2], Flags(bench, Mayfly, StepMessages.Observation));
        Assert.False(bench.Step(Sleeper).Has(StepMessages.FinalObservation));
        Assert.False(bench.Last(WorldComponent.State).Has(StateMessages.FinalState));

        bench.Fire(0, 0); // and in copy 1
        Assert.Equal([0, 1], Flags(bench, Mayfly, StepMessages.Terminated));
        bench.Fire(0, 0);
        Assert.Equal([0, 0], Flags(bench, Mayfly, StepMessages.Terminated));
    }

    [Fact]
    public void A_death_in_the_last_step_before_the_time_limit_is_a_death()
    {
        using var bench = Started(new(MaxSteps: 3, Life: 2), copies: 3); // dies in step 2, in step 3, and not in this episode
        bench.Fire(0, 0);
        bench.Fire(0, 0);
        bench.Fire(0, 0);
        Assert.Equal([0, 1, 0], Flags(bench, Mayfly, StepMessages.Terminated));
        Assert.Equal([1, 0, 1], Flags(bench, Mayfly, StepMessages.Truncated));
        Assert.Equal([0, 0, 0], Flags(bench, Sleeper, StepMessages.Terminated));
        Assert.Equal([1, 1, 1], Flags(bench, Sleeper, StepMessages.Truncated));
        Assert.Equal([3, 3, 3], Flags(bench, Mayfly, StepMessages.FinalObservation));
        Assert.Equal([0, 0, 0], Flags(bench, Mayfly, StepMessages.Observation));

        bench.Fire(0, 0);
        Assert.Equal([0, 0, 0], Flags(bench, Mayfly, StepMessages.Terminated));
        Assert.Equal([0, 0, 0], Flags(bench, Mayfly, StepMessages.Truncated));
    }

    [Fact]
    public void Who_is_active_nowhere_need_not_send_an_action()
    {
        using var bench = Started(new(Life: 1), copies: 1);
        bench.Fire(0, 0);
        bench.Fire(null, null); // one is dead, the other waits
        Assert.Equal([2], Flags(bench, Mayfly, StepMessages.Observation));
        var error = Assert.Throws<InvalidOperationException>(() => bench.Fire(null, null));
        Assert.Contains("'sleeper' sent no action", error.Message);
    }

    [Fact]
    public void The_type_of_steps_says_that_the_roster_varies()
    {
        var signature = Roster.Sign(new RosterOptions(), new("world", 0, ["world"], 1, _ => 2));
        Assert.Equal(Term.Of(false), signature.Outputs["steps"][0]["fixed-roster"]);
    }

    [Fact]
    public void Returns_count_all_that_was_paid()
    {
        using var bench = Started(new(MaxSteps: 4), copies: 1);
        for (var t = 0; t < 4; t++)
        {
            bench.Fire(0, 0);
        }

        Assert.Equal([0, 4], bench.Last(WorldComponent.Episodes)[EpisodeMessages.Return].ToArray());
    }

    private static float[] Flags(StageBench bench, int agent, int field) => bench.Step(agent)[field].ToArray();

    private static StageBench Started(RosterOptions options, int copies)
    {
        var bench = new StageBench(Roster, options, copies, StageBench.Context());
        bench.Stage.Start(bench);
        return bench;
    }
}
