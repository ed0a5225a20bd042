using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Environments.Foraging;
using Marl.Actors.Environments.Lifecycles;
using Marl.Actors.Environments.Markets;
using Marl.Actors.Environments.Navigation;
using Marl.Actors.Environments.Particles;
using Marl.Actors.Environments.Signalling;
using Marl.Actors.Environments.Traffic;
using Marl.Actors.Testing.Worlds;
using Xunit;

namespace Marl.Actors.Environments.Tests;

/// <summary>What every built-in world promises, each with its standard options and the particle worlds with others too.</summary>
public sealed class WorldContractTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(7);

    private static readonly Dictionary<string, Case> Cases = new Case[]
    {
        new("spread, velocity first", "environment/simple-spread", new SimpleSpreadOptions(Integration: IntegrationOrder.VelocityFirst)),
        new("spread, five agents, per agent", "environment/simple-spread", new SimpleSpreadOptions(Agents: 5, State: StateView.PerAgent)),
        new("spread, one agent, until success", "environment/simple-spread", new SimpleSpreadOptions(Agents: 1, TerminateOnSuccess: true)),
        new("spread, continuous", "environment/simple-spread", new SimpleSpreadOptions(Actions: ActionForm.Continuous, LocalRatio: 0)),
        new("speaker-listener, continuous", "environment/simple-speaker-listener", new SimpleSpeakerListenerOptions(Actions: ActionForm.Continuous)),
        new("tag, continuous, crowded", "environment/simple-tag", new SimpleTagOptions(Good: 3, Adversaries: 2, Obstacles: 0, Actions: ActionForm.Continuous)),
        new("adversary, velocity first", "environment/simple-adversary", new SimpleAdversaryOptions(Agents: 4, Integration: IntegrationOrder.VelocityFirst)),
        new("reference, continuous", "environment/simple-reference", new SimpleReferenceOptions(Actions: ActionForm.Continuous)),
        new("world-comm, no forest", "environment/simple-world-comm", new SimpleWorldCommOptions(Good: 1, Adversaries: 1, Obstacles: 0, Food: 1, Forests: 0)),
        new("foraging, coop", "environment/level-based-foraging", new LevelBasedForagingOptions(Foods: 2, ForceCoop: true)),
        new("foraging, in a narrow field", "environment/level-based-foraging", new LevelBasedForagingOptions(Players: 4, Rows: 3, Columns: 9, Foods: 5, Sight: 2, MaxFoodLevel: 3, NormaliseReward: false, Penalty: 0.25)),
        new("lewis, through the world, late", "environment/lewis-signalling", new LewisSignallingOptions(States: 5, Messages: MessageRoute.World, Words: 3, Delay: 2)),
        new("referential, through the world", "environment/referential", new ReferentialOptions(Distractors: 2, Attributes: 3, Messages: MessageRoute.World)),
        new("multimodal, through the world", "environment/multimodal-signalling", new MultimodalSignallingOptions(Modalities: 3, Values: 2, Messages: MessageRoute.World)),
        new("whom to ask, by a guide", "environment/whom-to-ask", new WhomToAskOptions(Guide: true, Delay: 1)),
        new("junction, hard, in sight", "environment/traffic-junction", new TrafficJunctionOptions(Difficulty.Hard, Vision: 1, ArrivalRate: 0.3)),
        new("navigation, joint", "environment/team-navigation", new TeamNavigationOptions(Agents: 9, Group: 3, Sight: 0.7, View: NavigationView.Joint)),
        new("navigation, 64, far sight", "environment/team-navigation", new TeamNavigationOptions(Agents: 64, Sight: 2)),
        new("navigation, blind", "environment/team-navigation", new TeamNavigationOptions(Agents: 4, Sight: 0)),
        new("tasks, in stretches", "environment/task-allocation", new TaskAllocationOptions(Workers: 3, Tasks: 5, Longest: 3, Synergy: 0.5)),
        new("market, all at once", "environment/double-auction", new DoubleAuctionMarketOptions(Pairs: 3, Turns: Turns.All)),
        new("crossing, all at once", "environment/crossing", new CrossingOptions(Agents: 5, Every: 0, Period: 4)),
    }
    .Concat(BuiltInEnvironments.All.Select(c => new Case(c.Id, c.Id, c.Options.Create(new Dictionary<string, object>()))))
    .ToDictionary(c => c.Name);

    public static TheoryData<string> Worlds => [.. Cases.Keys];

    [Fact]
    public void Every_world_is_in_the_catalog() => Assert.Equal(
        [
            "environment/simple-spread", "environment/simple-speaker-listener", "environment/simple-tag", "environment/simple-adversary",
            "environment/simple-reference", "environment/simple-push", "environment/simple-crypto", "environment/simple-world-comm",
            "environment/simple", "environment/level-based-foraging", "environment/cart-pole", "environment/pendulum",
            "environment/tic-tac-toe", "environment/kuhn-poker", "environment/leduc-poker", "environment/crossing", "environment/dial", "environment/lewis-signalling",
            "environment/referential", "environment/multimodal-signalling", "environment/whom-to-ask", "environment/traffic-junction",
            "environment/team-navigation", "environment/task-allocation", "environment/double-auction", "environment/paraboloid", "environment/climbing",
            "environment/penalty", "environment/prisoners-dilemma", "environment/coordination", "environment/chicken",
            "environment/stag-hunt", "environment/matching-pennies", "environment/rock-paper-scissors",
            "environment/biased-rock-paper-scissors", "environment/qtran-matrix",
            "environment/two-step",
        ],
        BuiltInEnvironments.All.Select(c => c.Id));

    [Theory]
    [MemberData(nameof(Worlds))]
    public void Same_key_gives_the_same_run(string name)
    {
        var (first, second) = (Started(name, copies: 9), Started(name, copies: 9));
        Assert.Equal(first.Play(Key, 0, 12), second.Play(Key, 0, 12));
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void Reset_does_not_depend_on_what_was_played_before(string name)
    {
        var used = Started(name, copies: 9);
        used.Play(Key.Derive("another life"), 0, 17);
        used.Reset(Key);
        Assert.Equal(Started(name, copies: 9).Play(Key, 0, 12), used.Play(Key, 0, 12));
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void Copies_do_not_depend_on_each_other(string name)
    {
        const int copies = 11;
        var batch = Started(name, copies);
        var together = batch.Play(Key, 0, 12);
        for (var copy = 0; copy < copies; copy++)
        {
            var identity = copy;
            var alone = Started(name, copies: 1, _ => identity).Play(Key, 0, 12, _ => identity);
            for (var t = 0; t < together.Count; t++)
            {
                var width = together[t].Length / copies;
                Assert.Equal(alone[t], together[t][(copy * width)..((copy + 1) * width)]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void A_reset_of_one_copy_leaves_the_others_alone(string name)
    {
        var (runner, other) = (Started(name, copies: 5), Started(name, copies: 5));
        runner.Play(Key, 0, 1);
        other.Play(Key, 0, 1);
        var random = Key.Derive("elsewhere").Stream();
        runner.World.Reset(2, ref random);
        runner.Play(Key, 1, 1);
        other.Play(Key, 1, 1);
        foreach (var copy in (int[])[0, 1, 3, 4])
        {
            Assert.Equal(other.Visible(copy), runner.Visible(copy));
        }
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void A_saved_world_goes_on_bit_for_bit(string name)
    {
        var runner = Started(name, copies: 9);
        runner.Play(Key, 0, 7);
        var snapshot = new StageSnapshot();
        runner.World.Save(snapshot);
        var expected = runner.Play(Key, 7, 9);

        var (_, id, options) = Cases[name];
        var fresh = new WorldRunner(BuiltInEnvironments.Create(id, options, 9));
        fresh.World.Load(snapshot);
        Assert.Equal(expected, fresh.Play(Key, 7, 9));
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void What_is_seen_and_paid_is_finite_and_written_whole(string name)
    {
        var runner = Started(name, copies: 9);
        runner.See();
        Assert.All(runner.Observations.Append(runner.State), o => Assert.DoesNotContain(o, v => !float.IsFinite(v)));
        foreach (var seen in runner.Play(Key, 0, 20))
        {
            Assert.DoesNotContain(seen, v => !float.IsFinite(v));
        }

        Assert.All(runner.Terminated, f => Assert.True(f is 0 or 1));
        runner.World.Succeeded(runner.Active);
        Assert.All(runner.Active, f => Assert.True(f == 0 || (f == 1 && runner.World.Spec.HasSuccess)));
        foreach (var (agent, observation) in runner.World.Spec.Agents.Zip(runner.Observations))
        {
            var box = Assert.IsType<Box>(agent.Observation);
            Assert.All(observation, v => Assert.InRange(v, box.Low, box.High));
        }
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void The_contract_of_the_test_kit_holds(string name)
    {
        var (_, id, options) = Cases[name];
        Assert.Empty(WorldContract.Check(copies => BuiltInEnvironments.Create(id, options, copies)));
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void Without_masks_everything_is_allowed_and_in_a_fixed_roster_everyone_acts(string name)
    {
        var world = Started(name, copies: 3).World;
        foreach (var (agent, index) in world.Spec.Agents.Select((a, i) => (a, i)))
        {
            var mask = new float[3 * agent.Action.Match(discrete => discrete.Count, box => box.Length)];
            world.Mask(index, mask);
            Assert.True(agent.HasMask || mask.All(m => m == 1));
            var (active, departed) = (new float[3], new float[3]);
            world.Active(index, active);
            world.Departed(index, departed);
            Assert.True(!world.Spec.FixedRoster || active.All(a => a == 1));
            Assert.All(departed, d => Assert.Equal(0, d));
        }
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void Stepping_allocates_nothing(string name)
    {
        var runner = Started(name, copies: 128);
        var moment = 0;
        for (var i = 0; i < 30; i++)
        {
            Once(runner, moment++);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Once(runner, moment++);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Once(WorldRunner runner, int t)
        {
            var random = Key.Derive((ulong)t).Stream();
            if (t % 5 == 0)
            {
                for (var copy = 0; copy < runner.World.Copies; copy++)
                {
                    runner.World.Reset(copy, ref random);
                }
            }

            runner.Choose(Key, t);
            runner.Step(Key, t);
            for (var agent = 0; agent < runner.Observations.Length; agent++)
            {
                runner.World.Observe(agent, runner.Observations[agent]);
                runner.World.Mask(agent, runner.Masks[agent]);
                runner.World.Active(agent, runner.Active);
                runner.World.Departed(agent, runner.Active);
            }

            runner.World.State(runner.State);
        }
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void Drawings_stay_in_the_frame_and_keep_their_order(string name)
    {
        var runner = Started(name, copies: 2);
        if (runner.World is not IDrawableWorld drawable)
        {
            Assert.DoesNotContain(Cases[name].Id, (string[])["environment/simple-spread", "environment/level-based-foraging", "environment/cart-pole", "environment/pendulum"]);
            return;
        }

        var ids = drawable.Draw(1).Select(c => c.Id).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        for (var t = 0; t < 200; t++)
        {
            runner.Choose(Key, 0); // always the same push, far out of the frame
            runner.Step(Key, t);
            var drawn = drawable.Draw(1);
            Assert.Equal(ids, drawn.Select(c => c.Id));
            Assert.All(drawn, c => Assert.True(Math.Abs(c.X) + c.Radius <= drawable.Extent + 1e-9 && Math.Abs(c.Y) + c.Radius <= drawable.Extent + 1e-9, $"{c}"));
        }
    }

    [Fact]
    public void Options_are_read_by_their_names_in_files()
    {
        var schema = OptionsSchema.Of<SimpleSpreadOptions>();
        Assert.Equal(["agents", "maxSteps", "localRatio", "integration", "actions", "state", "terminateOnSuccess"], schema.Options.Select(o => o.Name));
        Assert.Equal(IntegrationOrder.VelocityFirst, schema.Find("integration")!.ReadScalar("velocity-first"));
        Assert.Equal(StateView.PerAgent, schema.Find("state")!.ReadScalar("per-agent"));
        Assert.Equal(new SimpleSpreadOptions(3, 25, 0.5, IntegrationOrder.PositionFirst, ActionForm.Discrete, StateView.Joint, false), schema.Create(new Dictionary<string, object>()));
        Assert.Null(schema.Find("localRatio")!.ReadScalar("1.5"));
    }

    private static WorldRunner Started(string name, int copies, Func<int, int>? identity = null)
    {
        var (_, id, options) = Cases[name];
        var runner = new WorldRunner(BuiltInEnvironments.Create(id, options, copies));
        runner.Reset(Key, identity);
        return runner;
    }

    private sealed record Case(string Name, string Id, object Options);
}
