using System.Diagnostics;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Traces;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Tracing;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>One replay of one cell.</summary>
internal sealed class CellReplay : IDisposable
{
    private readonly InboxReader reader;
    private readonly string path;
    private readonly CellAddress cell;
    private readonly Topology topology;
    private readonly bool? trace;
    private readonly LinkRecord[] records;
    private readonly ReplayOutputs outputs;
    private readonly Stopwatch watch = new();
    private long differing;
    private IStage? stage;
    private ReplayDifference? first;
    private bool endsWithin;
    private string? failure;

    public CellReplay(InboxReader reader, string path, CellAddress cell, Topology topology, bool? trace)
    {
        (this.reader, this.path, this.cell, this.topology, this.trace) = (reader, path, cell, topology, trace);
        records = trace is { } isFull ? [.. topology.Links.Where(l => l.Producer == cell).Select(l => new LinkRecord(l, isFull))] : [];
        outputs = new(cell, records);
    }

    public Result<ReplayReport> Run(Action<double>? progress, CancellationToken stop)
    {
        var isStopped = false;
        while (!(isStopped = stop.IsCancellationRequested))
        {
            var next = reader.Next();
            if (!next.IsSuccess)
            {
                return Result.Failure<ReplayReport>(next.Diagnostics);
            }

            if (next.Value is not { } moment)
            {
                break;
            }

            if (moment.Firing is null && Begin(moment.State) is { } refusal)
            {
                return Result.Failure<ReplayReport>(refusal);
            }

            if (!Play(moment))
            {
                break;
            }

            progress?.Invoke(reader.Share);
        }

        return Result.Success(Report(isStopped));
    }

    public void Dispose()
    {
        stage?.Dispose();
        outputs.Dispose();
        Array.ForEach(records, r => r.Dispose());
    }

    /// <summary>Makes the stage, in its saved state if there is one. A recording under crashes has several beginnings.</summary>
    private Diagnostic? Begin(StageSnapshot? state)
    {
        stage?.Dispose();
        stage = null;
        try
        {
            stage = cell.CreateStage(topology.Graph);
        }
        catch (Exception cause)
        {
            return NoStage("can't be made", cause);
        }

        try
        {
            if (state is not null)
            {
                stage.Load(state);
            }

            return null;
        }
        catch (Exception cause)
        {
            return NoStage("can't take its saved state over", cause);
        }
    }

    /// <returns>False when the stage can't be fed any further.</returns>
    private bool Play(InboxMoment moment)
    {
        outputs.Learn(moment.Answers);
        var unwanted = moment.Firing is null ? null : Unwanted(stage!.Needs, moment.Firing);
        var (what, isOver) = unwanted is null ? Fire(moment) : (unwanted, true);
        var port = "";
        if (what is null && moment.IsComplete && TokenComparison.First(moment.Sent, outputs.Sent) is { } difference)
        {
            port = cell.Node.Component.Outputs.ElementAtOrDefault(difference.Port)?.Name ?? $"{difference.Port}";
            what = difference.Peer < 0 ? difference.What : $"to {Reader(difference.Port, difference.Peer)}, {difference.What}";
        }

        if (what is not null)
        {
            differing += moment.Firing is null ? 0 : 1;
            first ??= new(reader.Read.Firings, moment.Stamp, port, what);
        }

        outputs.Clear();
        moment.Release();
        return !isOver;
    }

    /// <summary>Lets the stage do what it did. What differs, if it fails where it did not; and whether that is the end.</summary>
    private (string? What, bool IsOver) Fire(InboxMoment moment)
    {
        endsWithin = !moment.IsComplete;
        watch.Start();
        try
        {
            if (moment.Firing is { } firing)
            {
                stage!.Fire(firing, outputs);
            }
            else if (moment.State is null)
            {
                stage!.Start(outputs);
            }

            return (null, false);
        }
        catch (Exception cause)
        {
            failure = endsWithin ? Text(cause) : null;
            return (endsWithin ? null : $"it failed: {Text(cause)}", true);
        }
        finally
        {
            watch.Stop();
        }
    }

    /// <summary>Why the stage does not want the tokens it took in the run; null when it wants just these.</summary>
    private string? Unwanted(Needs needs, Firing firing)
    {
        if (ReferenceEquals(needs, Needs.Ended))
        {
            return "it fired in the run and has now ended";
        }

        for (var port = 0; port < reader.Header.Lanes.Count; port++)
        {
            for (var peer = 0; peer < reader.Header.Lanes[port]; peer++)
            {
                if (firing.Count(port, peer) != needs[port])
                {
                    return FormattableString.Invariant($"it took {firing.Count(port, peer)} from '{cell.Node.Component.Inputs[port].Name}' in the run and now needs {needs[port]}");
                }
            }
        }

        return null;
    }

    private string Reader(int port, int peer) =>
        topology.Links.FirstOrDefault(l => l.Producer == cell && l.Output == port && l.Reader == peer)?.Consumer.Name ?? $"reader {peer}";

    private Diagnostic NoStage(string what, Exception cause) =>
        new(InboxCodes.NoStage, SourceSpan.Whole(path), $"'{cell.Name}' {what}: {Text(cause)}.", cause is StageException known ? known.Remedy : "");

    private static string Text(Exception cause) => (cause is StageException known ? known.Sentence : cause.Message).ReplaceLineEndings(" ").TrimEnd('.');

    private ReplayReport Report(bool isStopped)
    {
        if (reader.HasEnded)
        {
            Array.ForEach(records, r => r.End());
        }

        var graph = topology.Graph;
        return new()
        {
            Path = path,
            Header = reader.Header,
            Bytes = reader.Bytes,
            Seed = graph.Seed,
            Component = cell.Node.Component.Id,
            Firings = reader.Read.Firings,
            Taken = reader.Read.Taken,
            Ports = outputs.Ports,
            Seconds = watch.Elapsed.TotalSeconds,
            Differing = differing,
            Difference = first,
            EndsWithin = endsWithin,
            Failure = failure,
            IsStopped = isStopped,
            Trace = trace is not { } isFull ? null : new()
            {
                Pipeline = graph.Name,
                Seed = graph.Seed,
                Steps = graph.VectorSteps * graph.Copies,
                IsFull = isFull,
                Profile = NumericProfile.Current,
                Edges = TraceRecorder.Edges(graph, records.Select(r => r.Trail())),
                Policies = [],
            },
        };
    }
}
