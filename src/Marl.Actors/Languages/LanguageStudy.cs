using Marl.Actors.Analysis.Communication;
using Marl.Actors.Analysis.Plots;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Evaluations;
using Marl.Actors.Folders;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Languages;

/// <summary>
/// Finds out what the agents of a run say to each other: plays evaluation episodes with the saved policies, listens at the ports
/// of agents and channels, tries other messages on the listeners, and plays the same episodes again with the channel disturbed.
/// </summary>
public static class LanguageStudy
{
    private const string Evaluating = "evaluation/";

    /// <summary>Studies a run and writes tables and a picture into its folder <c>communication</c>.</summary>
    /// <param name="request">Which run, and how it is played.</param>
    /// <param name="shuffles">Dealings of each permutation test.</param>
    /// <returns>The findings; else MARL2760 to MARL2762, or why the run can't be evaluated or written to.</returns>
    public static async Task<Result<LanguageFindings>> RunAsync(EvaluationRequest request, int shuffles = 1_000)
    {
        var loaded = PolicyEvaluation.Load(request);
        if (!loaded.IsSuccess)
        {
            return Result.Failure<LanguageFindings>(loaded.Diagnostics);
        }

        var folder = new RunFolder(request.RunFolder);
        var graph = loaded.Value;
        var found = await StudyAsync(graph, new(shuffles, RandomKey.FromSeed(graph.Seed).Derive("communication")), folder.Pipeline);
        return found.Then(f => Write(folder, graph.Name, f.Report).Map(files =>
            new LanguageFindings(graph.Name, graph.Seed, graph.Evaluation!.Greedy, graph.Evaluation.Convention, f.Report, f.Onlookers, files)));
    }

    /// <summary>Studies an evaluating graph.</summary>
    /// <param name="graph">With saved weights.</param>
    /// <param name="shuffling">The permutation tests.</param>
    /// <param name="file">What diagnostics are about.</param>
    internal static async Task<Result<(CommunicationReport Report, Values<string> Onlookers)>> StudyAsync(Graph graph, Shuffling shuffling, string file)
    {
        using var recording = new Recording(graph);
        if (recording.Problem(file) is { } problem)
        {
            return Result.Failure<(CommunicationReport, Values<string>)>(problem);
        }

        var played = await PolicyEvaluation.PlayAsync(recording.Taped, (passes, received) => (Figures: Figures(graph, passes[0], received), Lengths: Lengths(passes[0])));
        if (!played.IsSuccess)
        {
            return Result.Failure<(CommunicationReport, Values<string>)>(played.Diagnostics);
        }

        var conversations = recording.Conversations(played.Value.Lengths, Name);
        var isGreedy = graph.Evaluation!.Greedy;
        var links = conversations
            .SelectMany(c => c.Pairs.SelectMany(pair => Enumerable.Range(0, c.Said.Rounds).Select(round => (Talk: c, pair.Speaker, pair.Listener, Round: round))))
            .AsParallel().AsOrdered()
            .Select(l => LinkStudy.Of(l.Talk, l.Speaker, l.Listener, l.Round, isGreedy, shuffling.Key) is { } link ? LinkReport.Of(link, shuffling) : null)
            .OfType<LinkReport>()
            .ToValues();
        if (links.Count == 0)
        {
            return Result.Failure<(CommunicationReport, Values<string>)>(new Diagnostic(
                LanguageCodes.Silence, SourceSpan.Whole(file), $"In {played.Value.Lengths.Length} episodes nobody said anything that was to be heard.", "Play more --episodes, or train for longer."));
        }

        var ablations = await AblateAsync(graph, recording.Channels, played.Value.Figures, shuffling);
        return ablations.Map(a => (new CommunicationReport(links, a), conversations.SelectMany(c => c.Pairs).Where(p => p.Speaker.Policy.Choices == 1).Select(p => p.Speaker.Name).Distinct().ToValues()));
    }

    private static async Task<Result<Values<Ablation>>> AblateAsync(Graph graph, IReadOnlyList<Node> channels, double[] with, Shuffling shuffling)
    {
        var ablations = new List<Ablation>();
        foreach (var channel in channels)
        {
            foreach (var interference in with.Length > 1 ? Enum.GetValues<Interference>() : [Interference.Muted])
            {
                var disturbed = DisturbedChannel.Of(channel, interference, channel.Component.OutputIndex("heard"));
                var played = await PolicyEvaluation.PlayAsync(
                    graph with { Nodes = graph.Nodes.Select(n => n.Id == channel.Id ? disturbed : n).ToValues() }, (passes, received) => Figures(graph, passes[0], received));
                if (!played.IsSuccess)
                {
                    return Result.Failure<Values<Ablation>>(played.Diagnostics);
                }

                var change = interference == Interference.Muted ? "muted" : "shuffled";
                ablations.Add(Ablation.Of(channels.Count > 1 ? $"{Name(channel)} {change}" : change, with, played.Value, shuffling));
            }
        }

        return Result.Success(ablations.ToValues());
    }

    private static Result<Values<string>> Write(RunFolder folder, string pipeline, CommunicationReport report)
    {
        string[] files = [.. new[] { "links.csv", "ablations.csv", "communication.png" }.Select(name => Path.Combine(folder.Communication, name))];
        return WholeFile.Folder(folder.Communication)
            .Then(_ => report.SaveLinks(files[0]))
            .Then(_ => report.SaveAblations(files[1]))
            .Then(_ => new CommunicationPlot { Title = pipeline, Links = report.Links }.Save(files[2]))
            .Map(_ => files.ToValues());
    }

    private static double[] Figures(Graph graph, Message scores, RewardConvention received) =>
        EvaluationScores.Figures(scores, received, graph.Evaluation!.Convention, graph.Evaluation.Of?.Agents);

    private static int[] Lengths(Message scores) => [.. scores[ScoreMessages.Length].ToArray().Select(length => (int)length)];

    private static string Name(Node channel) => channel.Id.StartsWith(Evaluating, StringComparison.Ordinal) ? channel.Id[Evaluating.Length..] : channel.Id;
}
