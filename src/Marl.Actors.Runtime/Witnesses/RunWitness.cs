using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Witnesses;

/// <summary>
/// Follows every token of one run from the stage that makes it to the stage that takes it, and holds what it sees against the
/// rules (each token is taken once, let go by an operator, or left at the end; lags are kept; nothing comes after the end) and
/// against another run. Make one for each run; it never changes the run. Runs on several threads can't be followed.
/// </summary>
/// <param name="reference">A run of the same graph that this one must equal to the bit; null for none.</param>
public sealed class RunWitness(RunWitness? reference = null) : ICellWatcher
{
    private readonly List<Finding> findings = [];
    private readonly HashSet<object> guilty = []; // one finding a place: the others follow from it
    private LinkWitness[] links = [];
    private CellWitness[] cells = [];

    /// <summary>Rules that were broken and places where the run came to differ from the reference, in the order in which it happened.</summary>
    public Values<Finding> Findings => findings.ToValues();

    /// <summary>The rules that were broken.</summary>
    public Values<Diagnostic> Violations => findings.OfType<BrokenRule>().Select(b => b.Diagnostic).ToValues();

    /// <summary>What became of the tokens, once the run is over.</summary>
    public Conservation Totals { get; private set; } = Conservation.None;

    /// <summary>Tokens made, once for each reader.</summary>
    public long Messages => links.Sum(l => (long)l.Sent.Count);

    /// <summary>A deviation of another run, to be looked at in this one.</summary>
    public Deviation? Sought { get; init; }

    /// <summary>What this run has where the sought deviation is; null when nothing was there.</summary>
    internal Message? Found { get; private set; }

    /// <summary>The run has come to a standstill: what left its producer and did not come in is lost.</summary>
    internal void FindLost() => Array.ForEach(links, l => l.FindLost(atEnd: false));

    /// <summary>The run has come to its end by itself: what is missing now never comes.</summary>
    public void Close()
    {
        var tally = new Tally();
        Array.ForEach(cells, c => c.Settle(tally));
        Totals = tally.Sum();
        foreach (var (place, stream) in Places())
        {
            if (stream.DiffersAt is null)
            {
                stream.Close();
                if (stream.DiffersAt is { } number)
                {
                    findings.Add(Deviates(place, stream, number, stream.Expected![number].Stamp, null));
                }
            }
        }
    }

    ICellWatch? ICellWatcher.Watch(CellAddress cell, Topology topology)
    {
        if (links.Length == 0 && cells.Length == 0)
        {
            links = [.. topology.Links.Select(l => new LinkWitness(l, this, Expected(new(Passing.Sent, l.Id))))];
            cells = [.. topology.Cells.Select(c => new CellWitness(c, this, links))];
        }

        return cells[cell.Index];
    }

    /// <summary>The witness of a cell.</summary>
    internal CellWitness Of(CellAddress cell) => cells[cell.Index];

    /// <summary>The producer's end has let a token go; told where there is such an end.</summary>
    internal void Left(Link link, long tokens) => links[link.Id].Left = tokens;

    /// <summary>A token passes a place.</summary>
    /// <returns>What passed there as that number before.</returns>
    internal Token See(Place place, TokenStream stream, Token token, Message message)
    {
        var number = stream.Next;
        var earlier = stream.Add(token);
        if (stream.DiffersAt == number && guilty.Add(place))
        {
            findings.Add(Deviates(place, stream, number, token.Stamp, message.Retain()));
        }

        if (Sought is { } sought && Found is null && sought.Place == place && sought.Number == number + 1)
        {
            Found = message.Retain();
        }

        return earlier;
    }

    /// <summary>What the reference saw at a place.</summary>
    internal TokenStream? Expected(Place place) => reference?.Stream(place);

    /// <summary>A rule was broken; told once of each place.</summary>
    internal void Report(object place, string code, SourceSpan where, string sentence)
    {
        if (guilty.Add(place))
        {
            findings.Add(new BrokenRule(new(code, where, sentence, "")));
        }
    }

    private TokenStream? Stream(Place place) => place.Passing switch
    {
        Passing.Sent => links[place.Index].Sent,
        Passing.Taken => cells[links[place.Index].Link.Consumer.Index].Stream(place),
        _ => cells[place.Index].Stream(place),
    };

    private IEnumerable<(Place Place, TokenStream Stream)> Places() => cells.SelectMany(c => c.Places())
        .Concat(links.Select(l => new Place(Passing.Sent, l.Link.Id)))
        .Select(place => (place, Stream(place)!));

    private Deviation Deviates(Place place, TokenStream stream, int number, Stamp stamp, Message? message)
    {
        var expected = number < stream.Expected!.Count ? stream.Expected[number] : (Token?)null;
        if (place.Passing == Passing.Shown)
        {
            var shows = cells[place.Index];
            return new()
            {
                Edge = shows.Port(place.Port), Where = shows.Cell.Node.Where, Stage = shows.Cell.Name, WasRestarted = shows.Restarts > 0,
                Number = number + 1, Stamp = stamp, IsMissing = message is null, Place = place, Message = message, Expected = expected,
            };
        }

        var link = links[place.Index].Link;
        var isTaken = place.Passing == Passing.Taken;
        var stage = isTaken ? link.Consumer : link.Producer;
        return new()
        {
            Edge = link.Edge.Name, Where = link.Edge.Where, Stage = stage.Name, WasRestarted = cells[stage.Index].Restarts > 0,
            IsTaken = isTaken, OnTheWay = Deviation.OnTheWayOf(link.Edge),
            Number = number + 1, Stamp = stamp, IsMissing = message is null, Place = place, Message = message, Expected = expected,
        };
    }
}
