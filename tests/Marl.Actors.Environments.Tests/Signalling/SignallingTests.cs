using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Environments.Signalling;
using Xunit;

namespace Marl.Actors.Environments.Tests.Signalling;

/// <summary>The figures that the signalling games state, by protocols written by hand.</summary>
public sealed class SignallingTests
{
    private const int Copies = 20_000;
    private static readonly RandomKey Key = RandomKey.FromSeed(11);

    [Fact]
    public void Through_a_channel_the_sender_has_nothing_to_do_and_an_episode_is_one_step()
    {
        var runner = Begun(new LewisSignalling(new(States: 3), copies: 1));
        Assert.Equal([("sender", new Box(3, 0, 1), new Discrete(1)), ("receiver", (Space)new Box(1, 0, 1), (Space)new Discrete(3))], runner.World.Spec.Agents.Select(a => (a.Name, a.Observation, a.Action)));
        var state = Array.IndexOf(runner.Observations[0], 1);
        Assert.Equal([1], runner.Observations[1]);
        runner.Act(1, 0, (state + 1) % 3);
        runner.Step(Key, 0);
        Assert.Equal([0, 0], runner.Rewards);
        Assert.Equal([1], runner.Terminated);
        runner.Act(1, 0, state);
        runner.Step(Key, 0);
        Assert.Equal([1, 1], runner.Rewards);
    }

    [Fact]
    public void A_delayed_message_is_waited_for()
    {
        var runner = Begun(new LewisSignalling(new(Delay: 2), copies: 1));
        var state = Array.IndexOf(runner.Observations[0], 1);
        for (var t = 0; t < 3; t++)
        {
            runner.See();
            Assert.Equal([t == 2 ? 1 : 0], runner.Observations[1]);
            Assert.Equal(state, Array.IndexOf(runner.Observations[0], 1)); // the sender goes on seeing it
            runner.Act(1, 0, state);
            runner.Step(Key, t);
            Assert.Equal(t == 2 ? 1 : 0, runner.Rewards[0]);
            Assert.Equal(t == 2 ? 1 : 0, runner.Terminated[0]);
        }
    }

    [Fact]
    public void A_word_is_heard_when_the_receiver_acts_and_only_the_first()
    {
        var runner = Begun(new LewisSignalling(new(States: 2, Messages: MessageRoute.World, Words: 3, Delay: 1), copies: 1));
        foreach (var word in (int[])[2, 0])
        {
            Assert.Equal([0, 0, 0, 0], runner.Observations[1]);
            runner.Act(0, 0, word);
            runner.Step(Key, 0);
            runner.See();
        }

        Assert.Equal([1, 0, 0, 1], runner.Observations[1]);
        runner.Act(0, 0, 1);
        runner.Step(Key, 0);
        Assert.Equal([1], runner.Terminated);
    }

    [Fact]
    public void What_is_no_word_is_refused_by_name()
    {
        var runner = Begun(new LewisSignalling(new(Messages: MessageRoute.World), copies: 1));
        runner.Act(0, 0, 4);
        Assert.Contains("'sender' has no action 4", Assert.Throws<ArgumentOutOfRangeException>(() => runner.Step(Key, 0)).Message);
    }

    [Theory]
    [InlineData(4, 4, 1.0)]
    [InlineData(6, 2, 2.0 / 6)] // words / states
    [InlineData(5, 1, 1.0 / 5)] // cut
    public void Lewis_pays_what_the_words_can_say(int states, int words, double expected) => Assert.Equal(expected, Played(
        new LewisSignalling(new(states, MessageRoute.World, words), Copies),
        say: seen => Array.IndexOf(seen, 1) % words,
        act: seen => Array.IndexOf(seen, 1, 1) - 1), 0.015);

    [Theory]
    [InlineData(4, 4)]
    [InlineData(4, 1)]
    public void A_lost_message_pays_one_in_s(int states, int lostOneIn)
    {
        var guess = RandomKey.FromSeed(5).Stream();
        var p = 1.0 / lostOneIn;
        Assert.Equal((1 - p) + (p / states), Played(
            new LewisSignalling(new(states, MessageRoute.World), Copies),
            say: seen => Array.IndexOf(seen, 1),
            act: seen => guess.NextInt(lostOneIn) == 0 ? guess.NextInt(states) : Array.IndexOf(seen, 1, 1) - 1), 0.015);
    }

    [Theory]
    [InlineData(4, 16)]
    [InlineData(4, 4)]
    [InlineData(2, 2)]
    [InlineData(1, 8)]
    [InlineData(4, 1)]
    public void Referential_pays_the_chance_to_tell_objects_apart(int distractors, int words)
    {
        const int objects = 16;
        var options = new ReferentialOptions(distractors, Attributes: 2, Values: 4, MessageRoute.World, words);
        var expected = words * (1 - (Choose(objects - (objects / words), distractors + 1) / Choose(objects, distractors + 1))) / (distractors + 1);
        Assert.Equal(expected, Played(
            new Referential(options, Copies),
            say: seen => ObjectOf(seen, 0) % words,
            act: seen =>
            {
                var word = Array.IndexOf(seen, 1, 1, words) - 1;
                return Enumerable.Range(0, distractors + 1).First(i => ObjectOf(seen, 1 + words + (8 * i)) % words == word);
            }), 0.015);

        static int ObjectOf(float[] seen, int from) => (Array.IndexOf(seen, 1, from, 4) - from) + (4 * (Array.IndexOf(seen, 1, from + 4, 4) - from - 4));
    }

    [Fact]
    public void Candidates_are_different_objects_all_alike_and_the_target_is_anywhere()
    {
        const int candidates = 5;
        var runner = Begun(new Referential(new(), Copies));
        var (targets, places, drawn) = (new int[16], new int[candidates], new int[16]);
        for (var copy = 0; copy < Copies; copy++)
        {
            var target = Code(runner.Observations[0].AsSpan(copy * 8, 8));
            var shown = Enumerable.Range(0, candidates).Select(i => Code(runner.Observations[1].AsSpan((copy * 41) + 1 + (8 * i), 8))).ToArray();
            Assert.Equal(candidates, shown.Distinct().Count());
            targets[target]++;
            places[Array.IndexOf(shown, target)]++;
            drawn[shown[0]]++;
        }

        Assert.All(targets.Concat(drawn), n => Assert.Equal(1.0 / 16, (double)n / Copies, 0.01));
        Assert.All(places, n => Assert.Equal(1.0 / candidates, (double)n / Copies, 0.01));

        static int Code(Span<float> seen) => seen[..4].IndexOf(1) + (4 * seen[4..].IndexOf(1));
    }

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(1, 1.0 / 3)]
    [InlineData(2, 1.0 / 9)]
    public void A_modality_that_nobody_tells_costs_a_factor(int silent, double expected) => Assert.Equal(expected, Played(
        new MultimodalSignalling(new(Messages: MessageRoute.World), Copies),
        say: (sender, seen) => sender < silent ? 0 : Array.IndexOf(seen, 1),
        act: seen => (Array.IndexOf(seen, 1, 1) - 1) + (3 * (Array.IndexOf(seen, 1, 4) - 4))), 0.015);

    [Theory]
    [InlineData(2, 3, 4, null)]
    [InlineData(2, 2, 4, "too few")]
    [InlineData(8, 8, 4, "may be 4096")]
    public void Referential_refuses_too_few_and_too_many_objects(int attributes, int values, int distractors, string? refusal)
    {
        var conflicts = new ReferentialOptions(distractors, attributes, values).Conflicts().ToArray();
        Assert.Equal(refusal is null ? 0 : 1, conflicts.Length);
        Assert.All(conflicts, c => Assert.Contains(refusal!, c.Sentence));
    }

    [Fact]
    public void Multimodal_refuses_too_many_acts() =>
        Assert.Contains("there may be 4096", Assert.Single(new MultimodalSignallingOptions(Modalities: 8, Values: 8).Conflicts()).Sentence);

    private static double Choose(int n, int k) => Enumerable.Range(0, k).Aggregate(1.0, (product, i) => product * (n - i) / (i + 1));

    private static double Played(SignallingWorld world, Func<float[], int> say, Func<float[], int> act) => Played(world, (_, seen) => say(seen), act);

    // What all episodes pay on average: one word from each sender, then the act.
    private static double Played(SignallingWorld world, Func<int, float[], int> say, Func<float[], int> act)
    {
        var runner = Begun(world);
        var receiver = world.Spec.Agents.Count - 1;
        for (var t = 0; t < 2; t++)
        {
            runner.See();
            for (var agent = 0; agent <= receiver; agent++)
            {
                var width = world.Spec.Agents[agent].Observation.Width;
                for (var copy = 0; copy < world.Copies; copy++)
                {
                    var seen = runner.Observations[agent][(copy * width)..((copy + 1) * width)];
                    runner.Act(agent, copy, agent < receiver ? say(agent, seen) : t == 0 ? 0 : act(seen));
                }
            }

            runner.Step(Key, t);
            Assert.All(runner.Terminated, e => Assert.Equal(t, e));
        }

        return runner.Rewards.Average();
    }

    private static WorldRunner Begun(SignallingWorld world)
    {
        var runner = new WorldRunner(world);
        runner.Reset(Key);
        runner.See();
        return runner;
    }
}
