using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Notes;
using Marl.Actors.Runtime.Directing;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Tracing;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Leading;

/// <summary>
/// Leads hosts that have been chosen through an epoch: gives them their parts, finds out when nothing is under way, and passes
/// on what the <see cref="RunDirector"/> orders. Knows no actors.
/// </summary>
/// <param name="plan">The epoch.</param>
/// <param name="owners">The participant that hosts a cell, by cell; 0 is the leader and hosts none.</param>
/// <param name="hosts">How many participants host.</param>
/// <param name="tell">Sends a note to a participant.</param>
/// <param name="end">Ends the epoch.</param>
internal sealed class Direction(LeaderPlan plan, int[] owners, int hosts, Action<int, NoteParcel> tell, Action<RunOutcome> end)
{
    private readonly Waves waves = new(hosts + 1);
    private readonly HashSet<int> done = []; // participants that have done what is waited for
    private readonly List<CellStatus> answers = [];
    private readonly List<LinkTrail> trails = [];
    private RunOutcome? outcome; // known, while the records are collected
    private bool hasBegun;
    private long sent;
    private long received;

    /// <summary>All hosts have made their cells.</summary>
    public bool HasBegun => hasBegun;

    /// <summary>Gives every host its part.</summary>
    public void Assign()
    {
        var graph = plan.Topology.Graph;
        Values<(string, string)> observed =
        [
            .. from wanted in graph.Nodes
               from port in wanted.Component.Outputs
               where plan.Options.Observer.Wants(wanted, port)
               select (wanted.Id, port.Name),
        ];
        var note = new Assignment(plan.Source, [.. owners], observed, plan.Options.Trace is null ? Recording.None : plan.Options.Trace.IsFull ? Recording.Full : Recording.Thinned, plan.Options.ChecksSignatures).Write();
        TellAll(NoteKinds.Assign, _ => note);
    }

    /// <summary>A token that the observer wants.</summary>
    public void Observe(ObservationParcel seen)
    {
        var producer = Statuses.At(plan.Topology.Cells, seen.Cell).Node;
        plan.Options.Observer.Observe(producer, Statuses.At(producer.Component.Outputs, seen.Output), seen.Peer, seen.Message);
        seen.Message.Release();
        received++;
        Look();
    }

    /// <summary>A note from a host.</summary>
    public void Hear(IncomingNote note)
    {
        switch (note.Kind)
        {
            case NoteKinds.Ready when IsLast(note.From):
                Begin();
                break;
            case NoteKinds.Quiet:
                waves.Report(note.From, Stillnesses.Read(new(note.Body)));
                Look();
                break;
            case NoteKinds.Answer:
                Hear(note.From, new(note.Body));
                break;
            case NoteKinds.Status:
                answers.AddRange(Statuses.Read(note.Body, plan.Topology));
                if (IsLast(note.From))
                {
                    Judge();
                }

                break;
            case NoteKinds.Trail:
                trails.AddRange(Trails.Read(note.Body, plan.Topology));
                if (IsLast(note.From))
                {
                    plan.Options.Trace!.Adopt(plan.Topology, trails);
                    end(outcome!);
                }

                break;
        }
    }

    /// <summary>Somebody asked for an end.</summary>
    public void Stop()
    {
        plan.Director.IsStopping = true;
        if (hasBegun)
        {
            Hold(0);
        }
    }

    private Stillness Own => new(true, sent, received);

    private void Begin()
    {
        hasBegun = true;
        Command(NoteKinds.Begin, participant => new Beginning(
            plan.Director.FirstHold,
            plan.Topology.Cells
                .Where(c => owners[c.Index] == participant && plan.Director.Saved(c.Name) is not null)
                .ToDictionary(c => c.Index, c => plan.Director.Saved(c.Name)!)).Write());
        if (plan.Director.IsStopping)
        {
            Stop();
        }
    }

    private void Hear(int host, WireReader answer)
    {
        waves.Report(0, Own);
        if (waves.Answer(host, answer.Int(), Stillnesses.Read(answer)))
        {
            Ask(withState: false);
        }
        else
        {
            Look();
        }
    }

    /// <summary>Asks everybody, when it looks as if nothing was under way.</summary>
    private void Look()
    {
        waves.Report(0, Own);
        if (hasBegun && waves.TryBegin())
        {
            var writer = new WireWriter();
            writer.Int(waves.Number);
            waves.Answer(0, waves.Number, Own);
            TellAll(NoteKinds.Wave, _ => writer.ToArray());
        }
    }

    private void Ask(bool withState)
    {
        var writer = new WireWriter();
        writer.Flag(withState);
        TellAll(NoteKinds.Ask, _ => writer.ToArray());
    }

    private void Judge()
    {
        var all = answers.OrderBy(a => a.Address.Index).ToArray();
        answers.Clear();
        switch (plan.Director.Judge(all))
        {
            case Order.AskState:
                Ask(withState: true);
                break;
            case Order.HoldAt hold:
                Hold(hold.VectorSteps);
                break;
            case Order.Finish:
                Command(NoteKinds.Finish, _ => []);
                break;
            case Order.Grow grow:
                Grow(grow.Links);
                break;
            case Order.End ending when plan.Options.Trace is not null && ending.Outcome.Ending != RunEnding.Failed:
                outcome = ending.Outcome;
                TellAll(NoteKinds.AskTrail, _ => []);
                break;
            case Order.End ending:
                end(ending.Outcome);
                break;
        }
    }

    private void Hold(long vectorSteps)
    {
        var writer = new WireWriter();
        writer.Long(vectorSteps);
        Command(NoteKinds.Hold, _ => writer.ToArray());
    }

    private void Grow(IReadOnlyList<Link> links) => Command(NoteKinds.Grow, participant =>
    {
        var writer = new WireWriter();
        Statuses.Write(writer, [.. links.Where(l => owners[l.Consumer.Index] == participant)]);
        return writer.ToArray();
    });

    /// <summary>An order that sets something in motion; it counts as under way until it is obeyed.</summary>
    private void Command(string kind, Func<int, byte[]> body)
    {
        sent += hosts;
        TellAll(kind, body);
    }

    private void TellAll(string kind, Func<int, byte[]> body)
    {
        done.Clear();
        for (var host = 1; host <= hosts; host++)
        {
            tell(host, new(kind, body(host)));
        }
    }

    /// <summary>Whether with this participant all have done what they were told.</summary>
    private bool IsLast(int participant) => done.Add(participant) && done.Count == hosts;
}
