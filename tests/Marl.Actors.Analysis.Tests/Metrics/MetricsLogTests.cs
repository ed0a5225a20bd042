using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Analysis.Tests.Metrics;

public sealed class MetricsLogTests : IDisposable
{
    private const string Header = "update,environment_steps,seconds,episodes,return_team_sum,return_per_agent,length_mean";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_row_is_in_the_file_at_once()
    {
        using var log = MetricsLog.Open(folder.Path, 1_000).Value;

        Assert.Empty(log.Training(new(0, 3200, 0.25, new(128, 25, -60.5, -20.25), [new("policy-loss", 0.1f), new("entropy", 1.5)])));
        Assert.Empty(log.Training(new(1, 6400, 0.5, null, [new("policy-loss", -1e-7f), new("entropy", double.NaN)])));

        Assert.Equal(
            [
                Header + ",policy_loss,entropy",
                "0,3200,0.25,128,-60.5,-20.25,25,0.1,1.5",
                "1,6400,0.5,0,,,,-1E-07,",
            ],
            File.ReadAllLines(folder["training.csv"]));
    }

    [Fact]
    public void A_metric_that_shows_up_later_becomes_a_column_and_breaks_nothing()
    {
        using (var log = MetricsLog.Open(folder.Path, 0).Value)
        {
            log.Training(new(0, 10, 1, null, [new("a", 1)]));
            log.Training(new(1, 20, 2, null, [new("b,quoted", 2), new("a", 3)]));
            log.Training(new(2, 30, 3, null, [new("a", 4)]));
        }

        Assert.Equal(
            [Header + ",a,\"b,quoted\"", "0,10,1,0,,,,1,", "1,20,2,0,,,,3,2", "2,30,3,0,,,,4,"],
            File.ReadAllLines(folder["training.csv"]));
    }

    [Fact]
    public void A_resume_drops_what_will_be_done_again_and_a_torn_row()
    {
        using (var log = MetricsLog.Open(folder.Path, 0).Value)
        {
            for (var update = 0; update < 4; update++)
            {
                log.Evaluation(Evaluation(update));
                log.Training(new(update, 10 * (update + 1), update, null, [new("a,b", update)]));
            }
        }

        File.AppendAllText(folder["training.csv"], "1,2");
        using (var log = MetricsLog.Open(folder.Path, 99, new ResumePoint(Update: 2, EnvironmentSteps: 20, NextEvaluation: 3)).Value)
        {
            log.Evaluation(Evaluation(3));
            log.Training(new(2, 30, 2, null, [new("a,b", 22)]));
        }

        Assert.Equal(
            [Header + ",\"a,b\"", "0,10,0,0,,,,0", "1,20,1,0,,,,1", "2,30,2,0,,,,22"],
            File.ReadAllLines(folder["training.csv"]));
        Assert.Equal([0, 1, 2, 3], EvaluationTable.Read(folder["evaluation.csv"]).Value.Select(r => r.Update));
        var events = EventFile.Read(folder["events.out.tfevents.0.marl"]).Value;
        Assert.Equal([10, 20, 30], events.Where(e => e.Tag == "learner/a,b").Select(e => e.Step));
        Assert.Equal([0, 10, 20, 30], events.Where(e => e.Tag == "evaluation/return-mean").Select(e => e.Step));
        Assert.Equal(["evaluation.csv", "events.out.tfevents.0.marl", "training.csv"], folder.Names);
    }

    [Fact]
    public void TensorBoard_gets_the_same_numbers_over_environment_steps()
    {
        using (var log = MetricsLog.Open(folder.Path, 500).Value)
        {
            log.Training(new(0, 3200, 2.5, new(128, 25, -60.5, -20.25), [new("entropy", 1.5)]));
            log.Evaluation(Evaluation(1));
        }

        var events = EventFile.Read(folder["events.out.tfevents.500.marl"]).Value;

        Assert.Contains(new ScalarEvent("training/return-team-sum", 3200, 502.5, -60.5f), events);
        Assert.Contains(new ScalarEvent("learner/entropy", 3200, 502.5, 1.5f), events);
        Assert.Contains(new ScalarEvent("evaluation/return-mean", 10, 501.125, -28.975f), events);
    }

    [Fact]
    public void Evaluations_are_read_back_as_written()
    {
        EvaluationRow[] rows = [Evaluation(0), Evaluation(7), new(8, 80, 1, Sample.Of([5]), 3)];
        using (var log = MetricsLog.Open(folder.Path, 0).Value)
        {
            foreach (var row in rows)
            {
                log.Evaluation(row);
            }
        }

        Assert.Equal(rows, EvaluationTable.Read(folder["evaluation.csv"]).Value);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("update,environment_steps\n0,1\n", 1)]
    [InlineData("update,environment_steps,seconds,episodes,return_mean,return_sd,return_median,return_low95,return_high95,length_mean\n0,0,0,1,x,0,0,0,0,0\n", 2)]
    [InlineData("update,environment_steps,seconds,episodes,return_mean,return_sd,return_median,return_low95,return_high95,length_mean\n0,0\n", 2)]
    public void What_is_no_evaluation_table_is_refused_with_its_line(string text, int line)
    {
        File.WriteAllText(folder["e.csv"], text);

        var finding = Assert.Single(EvaluationTable.Read(folder["e.csv"]).Diagnostics);

        Assert.Equal("MARL3420", finding.Code);
        Assert.Equal(line, finding.Where.Line);
    }

    [Fact]
    public void A_folder_that_is_missing_is_a_diagnostic()
    {
        var finding = MetricsLog.Open(folder["none"], 0).Diagnostics[0];

        Assert.Equal("MARL3401", finding.Code);
    }

    [Fact]
    public void Episode_figures_are_means_over_episodes()
    {
        var message = Message.Create(EpisodeMessages.Layout(agents: 2), new(3));
        message.Write(EpisodeMessages.Count)[0] = 4;
        message.Write(EpisodeMessages.Length)[0] = 100;
        ((float[])[-8, -16]).CopyTo(message.Write(EpisodeMessages.Return));

        Assert.Equal(new EpisodeFigures(4, 25, -6, -3), EpisodeFigures.Of(message, RewardConvention.PerAgent));
        Assert.Equal(new EpisodeFigures(4, 25, -3, -1.5), EpisodeFigures.Of(message, RewardConvention.TeamSum));
        message.Write(EpisodeMessages.Count)[0] = 0;
        Assert.Null(EpisodeFigures.Of(message, RewardConvention.PerAgent));
    }

    [Fact]
    public void Successes_are_a_share_of_the_episodes_and_a_column_where_there_are_any()
    {
        var message = Message.Create(EpisodeMessages.Layout(agents: 1, hasSuccess: true), new(0));
        message.Write(EpisodeMessages.Count)[0] = 4;
        message.Write(EpisodeMessages.Success)[0] = 3;
        var figures = EpisodeFigures.Of(message, RewardConvention.PerAgent)!;
        Assert.Equal(0.75, figures.Of(ReturnConvention.Success));
        Assert.Equal(0.5, EpisodeFigures.Together([figures, figures with { Count = 12, Success = 5 / 12.0 }])!.Success);

        using (var log = MetricsLog.Open(folder.Path, 0).Value)
        {
            Assert.Empty(log.Training(new(0, 10, 1, figures, [])));
        }

        var lines = File.ReadAllLines(folder["training.csv"]);
        Assert.EndsWith(",success", lines[0]);
        Assert.EndsWith(",0.75", lines[1]);
    }

    private static EvaluationRow Evaluation(int update) =>
        new(update, 10 * update, update + 0.125, Sample.Of([-30 + update, -30 - update, -29 + (0.1 * update), -27]), 25.5);
}
