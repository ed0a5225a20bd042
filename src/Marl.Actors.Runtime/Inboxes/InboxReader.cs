using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>Reads a recorded inbox, one moment after another.</summary>
internal sealed class InboxReader(string path, InboxBytes bytes, InboxHeader header) : IDisposable
{
    private readonly InboxTokens tokens = new(bytes);
    private (long Firings, long Taken, long Sent) counts;
    private InboxMark? next;
    private bool hasBegun;

    public InboxHeader Header { get; } = header;

    /// <summary>The stage came to its end.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The file's length.</summary>
    public long Bytes => bytes.Length;

    /// <summary>How much of the file has been read: 0 to 1.</summary>
    public double Share => bytes.Share;

    /// <summary>Firings and tokens taken, so far.</summary>
    public (long Firings, long Taken) Read => (counts.Firings, counts.Taken);

    /// <summary>The next moment; null at the end. Its tokens are the caller's to release.</summary>
    public Result<InboxMoment?> Next()
    {
        try
        {
            return Result.Success(Moment());
        }
        catch (Exception fault) when (InboxFile.IsNonsense(fault))
        {
            return Result.Failure<InboxMoment?>(InboxFile.Damage(path, "its content can't be understood"));
        }
    }

    public void Dispose() => bytes.Dispose();

    private InboxMoment? Moment()
    {
        var mark = next ?? bytes.Mark();
        next = null;
        if (mark == InboxMark.Ended)
        {
            HasEnded = true;
            mark = bytes.Mark();
        }

        if (mark == InboxMark.Close)
        {
            return (bytes.Long(), bytes.Long(), bytes.Long()) == counts ? null : throw new InvalidDataException("It holds another number of firings or tokens than it says.");
        }

        hasBegun |= mark is InboxMark.Start or InboxMark.State;
        return mark switch
        {
            InboxMark.Start => With(new()),
            InboxMark.State => new() { State = State(), IsComplete = true },
            InboxMark.Firing when hasBegun => With(Firing()),
            _ => throw new InvalidDataException($"{mark} comes where a firing should begin."),
        };
    }

    /// <summary>Reads what belongs to a moment, up to the mark that does not.</summary>
    private InboxMoment With(InboxMoment moment)
    {
        for (var mark = bytes.Mark(); ; mark = bytes.Mark())
        {
            switch (mark)
            {
                case InboxMark.Answer:
                    moment.Answers[bytes.Small()] = bytes.Flag();
                    break;
                case InboxMark.Sent:
                    counts.Sent++;
                    moment.Sent.Add(new(bytes.Small(), bytes.Int(), tokens.Next()));
                    break;
                case InboxMark.Fired:
                    moment.IsComplete = true;
                    return moment;
                default:
                    next = mark;
                    return moment;
            }
        }
    }

    private InboxMoment Firing()
    {
        counts.Firings++;
        var firing = new Firing(Header.Lanes);
        Stamp? first = null;
        for (var port = 0; port < Header.Lanes.Count; port++)
        {
            for (var peer = 0; peer < Header.Lanes[port]; peer++)
            {
                for (var left = bytes.Count(); left > 0; left--)
                {
                    counts.Taken++;
                    var token = tokens.Next();
                    first ??= token.Stamp;
                    firing.Add(port, peer, token);
                }
            }
        }

        return new() { Firing = firing, Stamp = first };
    }

    private StageSnapshot State()
    {
        var state = new StageSnapshot();
        for (var left = bytes.Count(); left > 0; left--)
        {
            state.PutBytes(bytes.Text(), bytes.Bytes());
        }

        return state;
    }
}
