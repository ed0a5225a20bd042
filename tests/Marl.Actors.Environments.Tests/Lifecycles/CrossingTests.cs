using Marl.Actors.Core.Randomness;
using Marl.Actors.Environments.Lifecycles;
using Xunit;

namespace Marl.Actors.Environments.Tests.Lifecycles;

public sealed class CrossingTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3);

    [Fact]
    public void Walkers_join_one_after_another_and_leave_for_good()
    {
        var runner = Begun(new(Agents: 3, Every: 2, Period: 100), due: 50);
        Assert.Equal([1, 0, 0], ActiveNow(runner));
        Step(runner, 1, 1, 1); // those that aren't there are ignored
        Assert.Equal([1, 0, 0], ActiveNow(runner));
        Step(runner, 1, 1, 1);
        Assert.Equal([0, 1, 0], ActiveNow(runner));
        Assert.Equal([1, 0, 0], DepartedNow(runner));
        Assert.Equal([0.9f, 0, 0], runner.Rewards);
        Step(runner, 1, 0, 1);
        Assert.Equal([0, 0, 0], DepartedNow(runner));
        Assert.Equal([0, -0.1f, 0], runner.Rewards);
        Step(runner, 1, 1, 1);
        Assert.Equal([0, 1, 1], ActiveNow(runner));
        Step(runner, 0, 1, 1);
        Assert.Equal([0, 1, 0], DepartedNow(runner));
        Assert.Equal([0], runner.Terminated);
        Step(runner, 0, 0, 1);
        Assert.Equal([0, 0, 1], DepartedNow(runner));
        Assert.Equal([0, 0, 0], ActiveNow(runner));
        Assert.Equal([1], runner.Terminated);
    }

    [Fact]
    public void The_train_kills_who_is_on_the_track_and_only_them()
    {
        var runner = Begun(new(Agents: 2, Every: 0, Period: 3, Cost: 0), due: 1);
        Step(runner, 1, 0);
        Step(runner, 0, 0); // the train passes
        Assert.Equal([-1, 0], runner.Rewards);
        Assert.Equal([1, 0], DepartedNow(runner));
        Assert.Equal([0, 1], ActiveNow(runner));
        Assert.Equal([0], runner.Terminated);
        Step(runner, 0, 1);
        Step(runner, 0, 1);
        Assert.Equal([0, 1], runner.Rewards);
        Assert.Equal([1], runner.Terminated);
    }

    // Every plan of six decisions, for every moment a walker may come in.
    [Theory]
    [InlineData(2, 0.1)]
    [InlineData(3, 0.1)]
    [InlineData(5, 0.02)]
    public void The_best_return_is_the_stated_one(int period, double cost)
    {
        for (var due = 0; due < period; due++)
        {
            var best = Enumerable.Range(0, 1 << 6).Max(plan =>
            {
                var runner = Begun(new(Agents: 1, Period: period, Cost: cost), due);
                var sum = 0.0;
                for (var t = 0; t < 6 && ActiveNow(runner)[0] == 1; t++)
                {
                    Step(runner, (plan >> t) & 1);
                    sum += runner.Rewards[0];
                }

                return sum;
            });
            Assert.Equal(1 - (cost * (due == 0 ? 3 : 2)), best, 5);
        }
    }

    [Fact]
    public void Waiting_only_for_a_train_that_is_due_earns_it_on_average()
    {
        const int copies = 3000;
        var world = new Crossing(new(), copies);
        var runner = new WorldRunner(world);
        runner.Reset(Key);
        var sum = 0.0;
        for (var t = 0; t < world.Spec.MaxSteps; t++)
        {
            runner.See();
            for (var agent = 0; agent < 3; agent++)
            {
                for (var copy = 0; copy < copies; copy++)
                {
                    var seen = runner.Observations[agent].AsSpan(copy * 5, 5);
                    runner.Act(agent, copy, seen[0] == 1 && seen[2] == 1 ? 0 : 1);
                }
            }

            runner.Step(Key, t);
            sum += runner.Rewards.Sum(r => (double)r);
        }

        Assert.Equal(3 * (1 - (0.1 * (2 + (1.0 / 3)))), sum / copies, 0.02);
    }

    private static WorldRunner Begun(CrossingOptions options, int due)
    {
        var runner = new WorldRunner(new Crossing(options, copies: 1));
        for (var seed = 0; ; seed++)
        {
            var random = RandomKey.FromSeed(seed).Stream();
            runner.World.Reset(0, ref random);
            runner.See();
            if (runner.Observations[0][2 + due] == 1)
            {
                return runner;
            }
        }
    }

    private static void Step(WorldRunner runner, params int[] actions)
    {
        for (var agent = 0; agent < actions.Length; agent++)
        {
            runner.Act(agent, 0, actions[agent]);
        }

        runner.Step(Key, 0);
    }

    private static float[] ActiveNow(WorldRunner runner) => Asked(runner, runner.World.Active);

    private static float[] DepartedNow(WorldRunner runner) => Asked(runner, runner.World.Departed);

    private delegate void Question(int agent, Span<float> answer);

    private static float[] Asked(WorldRunner runner, Question question) =>
    [
        .. Enumerable.Range(0, runner.World.Spec.Agents.Count).Select(agent =>
        {
            var answer = new float[1];
            question(agent, answer);
            return answer[0];
        }),
    ];
}
