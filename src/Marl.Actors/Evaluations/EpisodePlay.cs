using System.Globalization;
using Marl.Actors.Analysis.Pictures;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Folders;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Evaluations;

/// <summary>Shows what a run has learned: one episode as a moving picture.</summary>
public static class EpisodePlay
{
    private const double SecondsPerFrame = 0.12;

    /// <summary>Plays one episode with the saved policies and writes it as an animated SVG.</summary>
    /// <param name="request">Which run; episodes are ignored.</param>
    /// <param name="path">The picture; null for <c>episode.svg</c> in the run's folder.</param>
    /// <returns>The picture's path and the episode's return.</returns>
    public static async Task<Result<(string Path, double Return)>> RunAsync(EvaluationRequest request, string? path = null)
    {
        var frames = new List<IReadOnlyList<DrawnCircle>>();
        var extent = 1.0;
        var filmed = PolicyEvaluation.Load(request with { Episodes = 1 }).Then(graph => Film(graph, frames, e => extent = e, request.RunFolder));
        if (!filmed.IsSuccess)
        {
            return Result.Failure<(string, double)>(filmed.Diagnostics);
        }

        var played = await PolicyEvaluation.PlayAsync(filmed.Value);
        var target = path ?? new RunFolder(request.RunFolder).Episode;
        return played.Then(scores => new EpisodePicture
        {
            Title = filmed.Value.Name,
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"return {scores.Returns.Mean:F1} ({scores.Convention.Name()})"),
            Extent = extent,
            Frames = frames,
            SecondsPerFrame = SecondsPerFrame,
        }.Save(target).Map(_ => (target, scores.Returns.Mean)));
    }

    private static Result<Graph> Film(Graph graph, List<IReadOnlyList<DrawnCircle>> frames, Action<double> extent, string folder)
    {
        var world = graph.Nodes.First(n => n.Component.IsClock);
        using (var probe = world.Component.Create(world.Options, Context(world)))
        {
            if ((probe as IDrawableStage)?.Drawable is not { } drawable)
            {
                return Result.Failure<Graph>(new Diagnostic(
                    FolderCodes.NotDrawable, SourceSpan.Whole(folder), $"'{world.Component.Id}' can't be drawn.", "Play a run in a world of particles or of CartPole."));
            }

            extent(drawable.Extent);
        }

        var camera = world with
        {
            Component = world.Component with
            {
                Create = (options, context) =>
                {
                    var stage = world.Component.Create(options, context);
                    return new FilmedStage(stage, ((IDrawableStage)stage).Drawable!, frames);
                },
            },
        };
        return Result.Success(graph with { Nodes = graph.Nodes.Select(n => n.Id == world.Id ? camera : n).ToValues() });
    }

    private static StageContext Context(Node world) => new()
    {
        Stage = world.Id,
        Copies = world.Copies,
        Key = default,
        Purpose = Purpose.Evaluation,
        Types = world.Types[0],
    };
}
