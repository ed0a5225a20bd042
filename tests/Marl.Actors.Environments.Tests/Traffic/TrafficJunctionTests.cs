using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
using Marl.Actors.Environments.Traffic;
using Xunit;

namespace Marl.Actors.Environments.Tests.Traffic;

public sealed class TrafficJunctionTests
{
    private const int Gas = TrafficJunction.Gas;
    private const int Brake = TrafficJunction.Brake;
    private static readonly RandomKey Key = RandomKey.FromSeed(2);

    [Fact]
    public void A_car_pays_for_the_time_since_it_came_and_leaves_at_the_end_of_its_route()
    {
        var (world, runner) = Begun(new(Cars: 1, ArrivalRate: 1, Size: 3));
        Step(runner, Gas); // an empty map
        Assert.Equal([0], runner.Rewards);
        Assert.Equal([1], ActiveNow(world));
        foreach (var paid in (float[])[-0.01f, -0.02f])
        {
            Step(runner, Gas);
            Assert.Equal([paid], runner.Rewards);
            Assert.Equal([0], DepartedNow(world));
        }

        Step(runner, Brake);
        Assert.Equal([-0.03f], runner.Rewards);
        Step(runner, Gas);
        Assert.Equal([0], runner.Rewards);
        Assert.Equal([1], DepartedNow(world));
        Assert.Equal([0], ActiveNow(world)); // its slot is taken again in the next step
        Step(runner, Gas);
        Assert.Equal([1], ActiveNow(world));
        Assert.Equal([1], SuccessNow(world));
    }

    [Fact]
    public void Two_that_meet_at_the_crossing_both_pay_and_the_episode_has_failed()
    {
        var (world, runner) = Begun(new(Cars: 2, ArrivalRate: 1, Size: 3));
        Step(runner, Gas, Gas);
        Assert.Equal([1, 1], ActiveNow(world)); // one from the top, one from the left
        Step(runner, Gas, Gas);
        Assert.Equal([-10.01f, -10.01f], runner.Rewards);
        Assert.Equal([0], SuccessNow(world));
        Step(runner, Gas, Brake);
        Assert.Equal([-0.02f, -0.02f], runner.Rewards);
        Assert.Equal([0], SuccessNow(world));
        Assert.Equal([0], runner.Terminated);
        runner.Reset(Key);
        Assert.Equal([1], SuccessNow(world));
    }

    [Fact]
    public void Who_brakes_at_the_entry_is_hit_and_the_newcomer_pays_from_its_own_first_step()
    {
        var (world, runner) = Begun(new(Cars: 3, ArrivalRate: 1, Size: 3));
        Step(runner, Brake, Brake, Brake);
        var first = ActiveNow(world);
        Step(runner, Brake, Brake, Brake);
        var newcomer = Array.FindIndex(first, a => a == 0);
        Assert.Equal(0, runner.Rewards[newcomer]);
        Assert.Single(runner.Rewards, r => r == -10.01f);
        Assert.Equal([0], SuccessNow(world));
        Step(runner, Brake, Brake, Brake);
        Assert.Equal(-10.01f, runner.Rewards[newcomer]);
    }

    [Fact]
    public void A_car_sees_its_last_action_route_and_cell_and_whom_its_vision_reaches()
    {
        var (world, runner) = Begun(new(Cars: 2, ArrivalRate: 1, Size: 3, Vision: 1));
        Step(runner, Gas, Gas);
        Step(runner, Brake, Gas);
        runner.See();
        var seen = runner.Observations[0];
        Assert.Equal(1 + 2 + 5 + 9, seen.Length);
        Assert.Equal(1, seen[0]);
        var isTop = world.Fleet.Route(0) == 0;
        Assert.Equal(isTop ? [1, 0] : [0, 1], seen[1..3]);
        Assert.Equal(isTop ? [1, 0, 0, 0, 0] : [0, 1, 0, 0, 0], seen[3..8]);
        Assert.Equal(isTop ? [0, 0, 0, 0, 1, 0, 0, 1, 0] : [0, 0, 0, 0, 1, 1, 0, 0, 0], seen[8..]); // itself, and the other in the crossing
    }

    [Fact]
    public void Cars_come_at_each_entry_at_the_rate_on_all_routes_alike()
    {
        const int copies = 4000;
        var world = new TrafficJunction(new(Difficulty.Medium), copies);
        var runner = new WorldRunner(world);
        runner.Reset(Key);
        runner.Step(Key, 0);
        var routes = new int[12];
        for (var slot = 0; slot < copies * 10; slot++)
        {
            if (world.Fleet.IsThere(slot))
            {
                routes[world.Fleet.Route(slot)]++;
            }
        }

        Assert.All(routes, n => Assert.Equal(0.2 / 3, (double)n / copies, 0.015));
    }

    [Fact]
    public void The_rate_rises_over_training_and_evaluations_have_all_of_it()
    {
        var options = new TrafficJunctionOptions(RampFrom: 2, RampTo: 6);
        var world = new TrafficJunction(options, copies: 2);
        var runner = new WorldRunner(world);
        runner.Reset(Key);
        var rates = new List<double>();
        for (var t = 0; t < 8; t++)
        {
            rates.Add(world.Rate);
            runner.Step(Key, t);
        }

        Assert.All(rates.Zip([0.1, 0.1, 0.1, 0.15, 0.2, 0.25, 0.3, 0.3]), r => Assert.Equal(r.Second, r.First, 6));
        Assert.Equal(0.3, new TrafficJunction(options.Evaluated, copies: 2).Rate);
        var snapshot = new StageSnapshot();
        world.Save(snapshot);
        var loaded = new TrafficJunction(options, copies: 2);
        loaded.Load(snapshot);
        Assert.Equal(0.3, loaded.Rate);
    }

    // The figures that the world's remarks state.
    [Theory]
    [InlineData(Difficulty.Easy, 0.01, 0.31, 1.0)]
    [InlineData(Difficulty.Medium, 0.0, 0.03, 1.0)]
    [InlineData(Difficulty.Hard, 0.0, 0.08, 1.0)]
    public void Successes_of_random_hurried_and_careful_drivers(Difficulty difficulty, double random, double hurried, double careful)
    {
        var dice = Key.Derive("dice").Stream();
        Assert.Equal(random, Successes(difficulty, (_, _) => _ => dice.NextInt(2) == 0), 0.02);
        Assert.Equal(hurried, Successes(difficulty, (_, _) => _ => false), 0.02);
        Assert.Equal(careful, Successes(difficulty, Careful.Brakes), 0.02);
    }

    [Theory]
    [InlineData(Difficulty.Medium, 3, 0, "needs 4")]
    [InlineData(Difficulty.Hard, 10, 0, "multiple of 3")]
    [InlineData(Difficulty.Easy, 0, 5, "before it begins")]
    public void Options_that_make_no_map_are_refused(Difficulty difficulty, int size, int rampTo, string refusal) =>
        Assert.Contains(refusal, Assert.Single(new TrafficJunctionOptions(difficulty, Size: size, RampFrom: 5, RampTo: rampTo).Conflicts()).Sentence);

    private static double Successes(Difficulty difficulty, Func<TrafficJunction, int, Func<int, bool>> driver)
    {
        const int copies = 1000;
        var world = new TrafficJunction(new(difficulty), copies);
        var runner = new WorldRunner(world);
        runner.Reset(Key);
        for (var t = 0; t < world.Spec.MaxSteps; t++)
        {
            for (var copy = 0; copy < copies; copy++)
            {
                var brakes = driver(world, copy);
                for (var car = 0; car < world.Spec.Agents.Count; car++)
                {
                    runner.Act(car, copy, brakes(car) ? Brake : Gas);
                }
            }

            runner.Step(Key, t);
        }

        var succeeded = new float[copies];
        world.Succeeded(succeeded);
        return succeeded.Average();
    }

    private static (TrafficJunction World, WorldRunner Runner) Begun(TrafficJunctionOptions options)
    {
        var world = new TrafficJunction(options, copies: 1);
        var runner = new WorldRunner(world);
        runner.Reset(Key);
        return (world, runner);
    }

    private static void Step(WorldRunner runner, params int[] actions)
    {
        for (var car = 0; car < actions.Length; car++)
        {
            runner.Act(car, 0, actions[car]);
        }

        runner.Step(Key, 0);
    }

    private static float[] ActiveNow(TrafficJunction world) => Asked(world, world.Active);

    private static float[] DepartedNow(TrafficJunction world) => Asked(world, world.Departed);

    private static float[] SuccessNow(TrafficJunction world)
    {
        var succeeded = new float[1];
        world.Succeeded(succeeded);
        return succeeded;
    }

    private delegate void Question(int agent, Span<float> answer);

    private static float[] Asked(TrafficJunction world, Question question) =>
    [
        .. Enumerable.Range(0, world.Spec.Agents.Count).Select(agent =>
        {
            var answer = new float[1];
            question(agent, answer);
            return answer[0];
        }),
    ];
}
