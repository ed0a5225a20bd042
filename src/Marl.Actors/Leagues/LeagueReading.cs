using Marl.Actors.Catalogs;
using Marl.Actors.Coordination.Leagues;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Environments.Games;
using Marl.Actors.Experiments;
using Marl.Actors.Folders;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Policies.Networks;
using Marl.Actors.Runtime.Checkpoints;

namespace Marl.Actors.Leagues;

/// <summary>Measures the pool of past selves in a run's newest checkpoint.</summary>
public static class LeagueReading
{
    /// <summary>Reads and measures.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="catalog">What its pipeline may name; the built-in one if null.</param>
    /// <returns>The report; else MARL4520, MARL4521 or what is wrong with the folder.</returns>
    public static Result<LeagueReport> Read(string folder, ComponentCatalog? catalog = null) =>
        RunFolder.Open(folder).Then(run => RunRecord.Read(run.Record)
            .Then(record => Experiment.Load(run.Pipeline, catalog ?? BuiltIn.Catalog, record.Overrides))
            .Then(graph => CheckpointFile.ReadNewest(run.Checkpoints).Then(checkpoint => Measure(graph, checkpoint, run.Pipeline))));

    private static Result<LeagueReport> Measure(Graph graph, Checkpoint checkpoint, string file)
    {
        if (graph.Nodes.FirstOrDefault(n => n.Component.Id == LeagueComponent.Id) is not { } league)
        {
            return Failure(LeagueCodes.NoLeague, file, $"'{graph.Name}' has no league whose players could be measured.", $"Measure a run of a pipeline with '{LeagueComponent.Id}'.");
        }

        var world = graph.Nodes.First(n => n.Component.IsClock && n.Purpose == Purpose.Training).Component.Id;
        var game = world[(world.IndexOf('/') + 1)..];
        if (GameJudge.Of(game) is not { } judge)
        {
            return Failure(LeagueCodes.NoTree, file, $"The rules of '{world}' can't be written out as a tree.", $"Measure a run in one of {string.Join(", ", GameSolving.Methods.Keys)}.");
        }

        PolicySpec[] seats = [.. league.Types[0].Inputs["results"].Select(t => PolicySpec.FromTerm(t["policy"]))];
        var options = (LeagueOptions)league.Options;
        var players = new SeatBehaviour(seats);
        var series = new List<LeaguePoint>();
        foreach (var self in LeaguePool.Read(checkpoint.Cells[league.Id]).Where(s => s.Player == 0))
        {
            players.Load(self.Parameters);
            series.Add(new(self.Version, self.Elo, judge.Judge(players.Behave, options.Weight(self))));
        }

        return Result.Success(new LeagueReport(graph.Name, game, series.ToValues(), judge.Equilibrium));
    }

    private static Result<LeagueReport> Failure(string code, string file, string sentence, string remedy) =>
        Result.Failure<LeagueReport>(new Diagnostic(code, SourceSpan.Whole(file), sentence, remedy));
}
