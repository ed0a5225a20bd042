using System.Globalization;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Traces;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>
/// Records the inboxes of chosen stages while a run goes on: every token a stage takes, and what it does with it, one file an
/// instance. Recording never changes the run. Make one, give it to the run's options, and close it when the run is over.
/// </summary>
/// <param name="folder">Where the files go; made when the first is.</param>
/// <param name="stages">Stages, with all their instances (<c>team</c>), or single instances (<c>team/agent-0</c>).</param>
/// <param name="from">Environment steps already done when the run goes on from a checkpoint.</param>
public sealed class InboxRecorder(string folder, Values<string> stages, long from = 0) : ICellWatcher
{
    /// <summary>How the files' names end.</summary>
    public const string Extension = ".inbox";

    private readonly List<InboxRecording> recordings = [];

    /// <summary>Stages that shall be recorded and that a graph has not.</summary>
    public static Values<Diagnostic> Unknown(Values<string> stages, Graph graph)
    {
        var known = Topology.Of(graph).Cells.SelectMany(c => new[] { c.Node.Id, c.Name }).Distinct().ToArray();
        return stages
            .Where(s => !known.Contains(s))
            .Select(s => new Diagnostic(InboxCodes.NoSuchStage, SourceSpan.None, $"'{graph.Name}' has no stage '{s}'.", Nearest.Remedy(s, known, "stages")))
            .ToValues();
    }

    /// <summary>Finishes the files; whatever stages do from here on is not recorded.</summary>
    /// <returns>The files, or why some of them could not be written.</returns>
    public Result<Values<string>> Close()
    {
        var closed = recordings.Select(r => (r.Path, Length: r.Close())).ToArray();
        return Result.Of(
            closed.Where(r => r.Length is { IsSuccess: true, Value: > 0 }).Select(r => r.Path).ToValues(),
            closed.SelectMany(r => r.Length.Diagnostics));
    }

    /// <summary>Whether a cell is one of those named.</summary>
    internal static bool IsOf(CellAddress cell, Values<string> names) => names.Contains(cell.Node.Id) || names.Contains(cell.Name);

    ICellWatch? ICellWatcher.Watch(CellAddress cell, Topology topology)
    {
        if (!IsOf(cell, stages))
        {
            return null;
        }

        var graph = topology.Graph;
        var header = new InboxHeader(graph.Name, graph.StopSteps, from, cell.Name, StageFacts.Of(cell, graph), topology.Lanes(cell), NumericProfile.Current);
        var recording = new InboxRecording(Path.Combine(folder, FileName(cell.Name)), header);
        recordings.Add(recording);
        return recording;
    }

    /// <summary><c>team.agent-0.inbox</c>; of a run that went on, <c>team.agent-0.from-6400.inbox</c>.</summary>
    private string FileName(string cell) =>
        cell.Replace('/', '.') + (from == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $".from-{from}")) + Extension;
}
