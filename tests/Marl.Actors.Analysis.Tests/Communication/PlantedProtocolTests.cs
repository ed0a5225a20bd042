using Marl.Actors.Analysis.Communication;
using Xunit;

namespace Marl.Actors.Analysis.Tests.Communication;

/// <summary>What the definitions come to where it can be said on paper.</summary>
public sealed class PlantedProtocolTests
{
    private const double Exact = 1e-12;

    [Fact]
    public void A_listener_that_ignores_messages_is_not_influenced()
    {
        var ignoring = Planted.Settled(contexts: 50, actions: 5, 2, 2, 2, 2);

        Assert.Equal(0, CausalInfluence.Of(ignoring, Planted.Shuffling).Value, Exact); // the published program says ln 4
        Assert.Equal(0, CausalInfluence.Of(ignoring, Planted.Shuffling).Corrected, Exact);
        Assert.Equal(1, CausalInfluence.Of(ignoring, Planted.Shuffling).PValue);
        Assert.Equal(0, CausalInfluence.Listening(ignoring, Planted.Shuffling).Value, Exact);
    }

    [Theory]
    [InlineData(4, new[] { 0, 1, 2, 3 }, 4)]
    [InlineData(6, new[] { 5, 1, 2, 3 }, 4)]                // more actions than messages
    [InlineData(2, new[] { 0, 1, 0, 1 }, 2)]                // more messages than actions
    [InlineData(3, new[] { 0, 1, 2, 0, 1, 2, 0, 1, 2 }, 3)]
    public void A_listener_that_obeys_uniform_messages_scores_the_logarithm_of_the_fewer(int actions, int[] answers, int fewer)
    {
        var influence = CausalInfluence.Of(Planted.Settled(contexts: 20, actions, answers), Planted.Shuffling);

        Assert.Equal(Math.Log(fewer), influence.Value, Exact);
        Assert.Equal(Math.Log(fewer), influence.Corrected, Exact);
        Assert.Equal(1 / 1001.0, influence.PValue, Exact);
    }

    [Fact]
    public void Influence_is_found_where_a_word_means_something_else_in_each_context()
    {
        // Averaged over contexts first, messages would seem to do nothing.
        int[] turned = [.. Enumerable.Range(0, 4).SelectMany(context => Enumerable.Range(0, 4).SelectMany(c => Enumerable.Range(0, 4).Select(a => a == (c + context) % 4 ? 1 : 0)))];
        var responses = new Responses(4, 4, [0.25, 0.25, 0.25, 0.25], 1, turned);

        Assert.Equal(Math.Log(4), CausalInfluence.Of(responses, Planted.Shuffling).Value, Exact);
    }

    [Fact]
    public void Messages_count_as_often_as_they_are_sent()
    {
        var responses = Planted.Settled(contexts: 1, actions: 2, 0, 1) with { Weights = [0.9, 0.1] };

        Assert.Equal(-(0.9 * Math.Log(0.9)) - (0.1 * Math.Log(0.1)), CausalInfluence.Of(responses, Planted.Shuffling).Value, Exact);
        Assert.Equal(0.1, CausalInfluence.Listening(responses, Planted.Shuffling).Value, Exact); // in a tenth of all cases another word, another action
    }

    [Fact]
    public void A_language_that_names_each_attribute_in_symbols_of_its_own_is_topographic()
    {
        var meanings = Grid(4, 3).ToArray();
        var words = meanings.Select(m => m.Select((x, attribute) => (int)x + (4 * attribute)).ToArray()).ToArray();

        var similarity = TopographicSimilarity.Of(meanings, words, Planted.Shuffling);

        Assert.Equal(1, similarity.Value, Exact);
        Assert.Equal(1 / 1001.0, similarity.PValue, Exact);
    }

    [Fact]
    public void A_language_of_random_words_is_not_topographic()
    {
        var meanings = Grid(4, 3).ToArray();
        var words = Planted.Random(64 * 64 * 64, 64, seed: 3).Codes.Select(w => new[] { w % 4, w / 4 % 4, w / 16 % 4 }).ToArray();

        var similarity = TopographicSimilarity.Of(meanings, words, Planted.Shuffling);

        Assert.InRange(similarity.Value, -0.15, 0.15);
        Assert.InRange(similarity.Chance, -0.01, 0.01);
        Assert.InRange(similarity.PValue, 0.01, 1);
    }

    [Fact]
    public void Meanings_all_equally_far_apart_have_no_topography() => Assert.False(
        TopographicSimilarity.Of([[0], [1], [2], [3]], [[0], [1], [2], [3]], Planted.Shuffling).IsKnown);

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void A_speaker_that_tells_all_has_the_information_of_what_it_tells(int size)
    {
        var told = Planted.Uniform(size, 40);
        var link = LinkReport.Of(Link(told) with { Sights = told, SpeakerActions = told, ListenerActions = told }, Planted.Shuffling);

        foreach (var measure in (Measure[])[Measure.PositiveSignalling, Measure.SpeakerConsistency, Measure.InstantaneousCoordination])
        {
            Assert.Equal(Math.Log(size), link[measure].Value, Exact);
            Assert.Equal(Math.Log(size), link[measure].Corrected, Exact);
            Assert.Equal(1 / 1001.0, link[measure].PValue, Exact);
        }

        Assert.Equal(1, link[Measure.ContextIndependence].Value, Exact);
        Assert.Equal(1, link[Measure.ContextIndependence].Corrected, Exact);
        Assert.Equal(Math.Log(size), link.Entropy, Exact);
        Assert.False(link[Measure.CausalInfluence].IsKnown); // nobody tried
    }

    [Fact]
    public void Two_things_with_one_word_lose_context_independence()
    {
        // Four things, things 2 and 3 called alike: p(c|a) is 1 for all, p(a|c) is 1, 1, ½, ½.
        var things = Planted.Uniform(4, 50);
        var words = new Column([.. things.Codes.Select(t => Math.Min(t, 2))], 3);

        var link = LinkReport.Of(Link(words) with { Sights = things }, Planted.Shuffling);

        Assert.Equal(0.75, link[Measure.ContextIndependence].Value, Exact);
        Assert.Equal(1.5 * Math.Log(2), link[Measure.PositiveSignalling].Value, Exact); // H of ¼, ¼, ½
    }

    [Fact]
    public void A_speaker_that_always_says_the_same_says_nothing()
    {
        var silent = new Column(new int[100], 4);
        var link = LinkReport.Of(Link(silent) with { Sights = Planted.Uniform(4, 25) }, Planted.Shuffling);

        Assert.Equal(0, link[Measure.PositiveSignalling].Value, Exact);
        Assert.Equal(0, link[Measure.PositiveSignalling].Corrected, Exact);
        Assert.Equal(1, link[Measure.PositiveSignalling].PValue);
        Assert.Equal(0, link.Entropy, Exact);
    }

    private static Exchanges Link(Column messages) => new()
    {
        Speaker = "speaker", Listener = "listener", Episodes = Planted.Alone(messages.Codes.Length), Messages = messages,
    };

    private static IEnumerable<float[]> Grid(int values, int attributes) => Enumerable.Range(0, (int)Math.Pow(values, attributes))
        .Select(i => Enumerable.Range(0, attributes).Select(a => (float)(i / (int)Math.Pow(values, a) % values)).ToArray());
}
