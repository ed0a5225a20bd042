using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Worlds;
using Xunit;

namespace Marl.Actors.Analysis.Tests.Statistics;

public sealed class EvaluationScoresTests
{
    [Theory]
    [InlineData(RewardConvention.PerAgent, ReturnConvention.TeamSum, 6)]
    [InlineData(RewardConvention.PerAgent, ReturnConvention.PerAgent, 2)]
    [InlineData(RewardConvention.TeamSum, ReturnConvention.TeamSum, 2)]
    [InlineData(RewardConvention.TeamSum, ReturnConvention.PerAgent, 2 / 3.0)]
    [InlineData(RewardConvention.TeamMean, ReturnConvention.TeamSum, 6)]
    [InlineData(RewardConvention.TeamMean, ReturnConvention.PerAgent, 2)]
    public void Three_agents_that_got_2_each_make_the_figure_of_the_convention(
        RewardConvention received, ReturnConvention convention, double expected) =>
        Assert.Equal(expected, ReturnConventions.Figure([2, 2, 2], received, convention), 1e-12);

    [Fact]
    public void Episodes_are_columns_and_agents_are_rows()
    {
        var scores = Scores(lengths: [25, 10], returns: [1, 10, 2, 20, 3, 30]);

        Assert.Equal([6, 60], EvaluationScores.Figures(scores, RewardConvention.PerAgent, ReturnConvention.TeamSum));
        Assert.Equal([2, 20], EvaluationScores.Figures(scores, RewardConvention.PerAgent, ReturnConvention.PerAgent));
    }

    [Fact]
    public void Several_passes_are_one_sample()
    {
        var scores = EvaluationScores.Of(
            [Scores([4, 6], [1, 3]), Scores([8, 10], [5, 7])], RewardConvention.PerAgent, ReturnConvention.TeamSum);

        Assert.Equal(4, scores.Returns.Count);
        Assert.Equal(4, scores.Returns.Mean);
        Assert.Equal(7, scores.LengthMean);
    }

    [Fact]
    public void Successes_are_counted_whatever_the_returns()
    {
        var message = Message.Create(ScoreMessages.Layout(agents: 2, episodes: 3, hasSuccess: true), new(0));
        ((float[])[1, 0, 1]).CopyTo(message.Write(ScoreMessages.Success));
        ((float[])[7, 8, 9, 10, 11, 12]).CopyTo(message.Write(ScoreMessages.Return));

        Assert.Equal([1, 0, 1], EvaluationScores.Figures(message.Seal(), RewardConvention.PerAgent, ReturnConvention.Success));
    }

    [Theory]
    [InlineData(ReturnConvention.TeamSum, "team-sum")]
    [InlineData(ReturnConvention.PerAgent, "per-agent")]
    [InlineData(ReturnConvention.Success, "success")]
    public void Conventions_have_names(ReturnConvention convention, string expected) => Assert.Equal(expected, convention.Name());

    private static Message Scores(float[] lengths, float[] returns)
    {
        var message = Message.Create(ScoreMessages.Layout(returns.Length / lengths.Length, lengths.Length), new(0));
        lengths.CopyTo(message.Write(ScoreMessages.Length));
        returns.CopyTo(message.Write(ScoreMessages.Return));
        return message.Seal();
    }
}
