using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Witnesses;

/// <summary>Follows what one stage takes and makes, also through its lives when it is made anew.</summary>
internal sealed class CellWitness : ICellWatch
{
    private readonly CellAddress cell;
    private readonly RunWitness run;
    private readonly LaneWitness[][] lanes;     // by input port
    private readonly LaneWitness[] allLanes;    // the same, port after port
    private readonly LinkWitness[][] outputs;   // by output port
    private readonly TokenStream?[] shown;      // by output port, where no edge reads it
    private readonly LinkWitness[] inputs;
    private readonly Dictionary<int, LinkWitness> inputsById;
    private readonly Staleness? staleness;      // null for stages without a lag, and in evaluation, which has its own updates
    private readonly DriftWitness? drift;       // null for stages that take no gradients
    private bool hasEnded;
    private string restarted = "";

    public CellWitness(CellAddress cell, RunWitness run, IReadOnlyList<LinkWitness> links)
    {
        this.cell = cell;
        this.run = run;
        inputs = [.. links.Where(l => l.Link.Consumer == cell)];
        inputsById = inputs.ToDictionary(l => l.Link.Id);
        lanes = [.. cell.Node.Component.Inputs.Select((_, port) => inputs
            .Where(l => l.Link.Input == port)
            .GroupBy(l => l.Link.Lane)
            .OrderBy(g => g.Key)
            .Select(g => new LaneWitness(g.First().Link, run, run.Expected(new(Passing.Taken, g.First().Link.Id))))
            .ToArray())];
        allLanes = [.. lanes.SelectMany(l => l)];
        outputs = [.. cell.Node.Component.Outputs.Select((_, port) => links.Where(l => l.Link.Producer == cell && l.Link.Output == port).ToArray())];
        shown = [.. outputs.Select((o, port) => o.Length > 0 ? null : new TokenStream(run.Expected(new(Passing.Shown, cell.Index, port))))];
        staleness = new Staleness(run, allLanes, inputs) is { IsOfInterest: true } of && cell.Node.Purpose == Purpose.Training ? of : null;
        drift = DriftWitness.Of(cell, run);
    }

    public CellAddress Cell => cell;

    /// <summary>How often it was made anew.</summary>
    public int Restarts { get; private set; }

    /// <summary>Where it stands, to be given to <see cref="Rewind"/>.</summary>
    public object Mark => new Standing(
        [.. inputs.Select(i => i.Mark)],
        [.. allLanes.Select(l => l.Mark)],
        [.. outputs.SelectMany(o => o).Select(o => o.Sent.Next)],
        [.. shown.Select(s => s?.Next ?? 0)],
        staleness?.Mark,
        drift?.Mark,
        hasEnded);

    /// <summary>The stage is made anew and goes on from where it stood then; null for its beginning.</summary>
    public void Rewind(object? mark, string from)
    {
        Restarts++;
        restarted = $"was made anew {from}";
        var standing = mark as Standing;
        hasEnded = standing?.HasEnded ?? false;
        staleness?.Rewind(standing?.Staleness);
        drift?.Rewind(standing?.Drift);
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i].Rewind(standing?.Inputs[i]);
        }

        for (var i = 0; i < allLanes.Length; i++)
        {
            allLanes[i].Rewind(standing?.Lanes[i] ?? default);
        }

        var output = 0;
        foreach (var link in outputs.SelectMany(o => o))
        {
            link.Sent.Rewind(standing?.Outputs[output++] ?? 0);
        }

        for (var i = 0; i < shown.Length; i++)
        {
            shown[i]?.Rewind(standing?.Shown[i] ?? 0);
        }
    }

    public void Began(StageSnapshot? from)
    {
        if (from is not null && Restarts == 0)
        {
            staleness?.Resume();
            drift?.Resume();
        }
    }

    public void Brought(Link link, Message message)
    {
        var token = Token.Of(message);
        if (link.Consumer == cell)
        {
            lanes[link.Input][link.Lane].Bring(token);
        }
        else
        {
            outputs[link.Output].First(o => o.Link.Id == link.Id).Make(message, token, restarted);
        }
    }

    public void Entered(Link link, int position, Message message)
    {
        var token = Token.Of(message);
        if (inputsById[link.Id].Enter(position, message, token))
        {
            lanes[link.Input][link.Lane].Add(token, restarted);
        }
    }

    public void Passed(Link link) => inputsById[link.Id].Pass();

    public void Closed(Link link) => inputsById[link.Id].Close();

    public void Took(Firing firing)
    {
        Living("fired");
        drift?.Take(firing);
        if (staleness is not null)
        {
            Work(staleness, firing);
        }

        var index = 0;
        for (var port = 0; port < lanes.Length; port++)
        {
            for (var peer = 0; peer < lanes[port].Length; peer++, index++)
            {
                for (var k = 0; k < firing.Count(port, peer); k++)
                {
                    var message = firing[port, peer, k];
                    staleness?.Take(index, message.Stamp);
                    lanes[port][peer].Take(message, Token.Of(message));
                }
            }
        }
    }

    public void Sent(int port, int peer, Message message)
    {
        Living("sent a token");
        drift?.Send(port, peer, message);
        var token = Token.Of(message);
        foreach (var link in outputs[port])
        {
            if (peer < 0 || link.Link.Reader == peer)
            {
                link.Make(message, token, restarted);
            }
        }

        if (shown[port] is { } stream && run.See(new(Passing.Shown, cell.Index, port), stream, token, message) is var earlier && earlier != token)
        {
            run.Report(stream, WitnessCodes.Unrepeatable, cell.Node.Where,
                $"'{cell.Name}' {restarted} and then showed another token at {token.Stamp} on {Port(port)} than before, at {earlier.Stamp}. A part of its state is not saved, or it depends on more than its state and its tokens.");
        }
    }

    public void Ended() => hasEnded = true;

    /// <summary>The name of an output port.</summary>
    public string Port(int port) => $"{cell.Node.Id}.{cell.Node.Component.Outputs[port].Name}";

    /// <summary>Where the stage takes, and where it shows what no edge reads.</summary>
    public IEnumerable<Place> Places() =>
    [
        .. allLanes.Select(l => new Place(Passing.Taken, l.Link.Id)),
        .. Enumerable.Range(0, shown.Length).Where(port => shown[port] is not null).Select(port => new Place(Passing.Shown, cell.Index, port)),
    ];

    /// <summary>What passes a place of this cell.</summary>
    public TokenStream? Stream(Place place) => place.Passing == Passing.Taken
        ? allLanes.First(l => l.Link.Id == place.Index).Taken
        : shown[place.Port];

    /// <summary>The run is over.</summary>
    public void Settle(Tally tally)
    {
        foreach (var input in inputs)
        {
            input.Settle(tally);
        }

        foreach (var lane in allLanes)
        {
            lane.Settle(tally);
        }
    }

    private void Work(Staleness of, Firing firing)
    {
        var index = 0;
        for (var port = 0; port < lanes.Length; port++)
        {
            for (var peer = 0; peer < lanes[port].Length; peer++, index++)
            {
                for (var k = 0; k < (of.HasLag(index) ? 0 : firing.Count(port, peer)); k++)
                {
                    of.Work(firing[port, peer, k].Stamp);
                }
            }
        }
    }

    private void Living(string what)
    {
        if (hasEnded)
        {
            run.Report(this, WitnessCodes.AfterEnd, cell.Node.Where, $"'{cell.Name}' {what} after it had ended.");
        }
    }

    private sealed record Standing(
        (LinkWitness.Passed[] Passed, bool HasClosed)[] Inputs,
        (int Came, int Taken, int Next, int Overtaken)[] Lanes,
        int[] Outputs,
        int[] Shown,
        (int Work, (int Count, Stamp? Last)[] Lanes)? Staleness,
        object? Drift,
        bool HasEnded);
}
