using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Signatures;

/// <summary>
/// Follows one stage through its firing pattern and fails it at the first firing that takes or sends other numbers of tokens.
/// Outputs nobody reads may be skipped, and where a stage decides while running who gets a token when, one firing sends nobody
/// more than a whole cycle does. A stage that goes on from a saved state is followed no longer: where it stood in its
/// pattern is not saved with it.
/// </summary>
internal sealed class SignatureWatch : ICellWatch
{
    private readonly CellAddress cell;
    private readonly Rhythm rhythm;
    private readonly Beat[] beats;
    private readonly (int Port, int Peer)[] read;
    private readonly long?[] most;               // of one firing, by output; null where the firings say how many it is
    private readonly int[] toAll;                // sent in this firing, by output
    private readonly int[][] toOne;              // by output and reader
    private readonly int[] taken;                // by input; −1 where it is open
    private int at = -1;                         // the beat; −1 before the Start is over
    private long done;                           // firings of that beat
    private long rounds;                         // gone through, of those that take turns
    private long fired;
    private bool isOff;

    public SignatureWatch(CellAddress cell, Rhythm rhythm, (int Port, int Peer)[] read)
    {
        (this.cell, this.rhythm, this.read) = (cell, rhythm, read);
        beats = [.. rhythm.Opening, .. rhythm.Cycle];
        most = [.. cell.Node.Component.Outputs.Select((_, port) => rhythm.DecidedAtRunTime is { Count: > 0 } decided && decided[port] ? rhythm.Sent(port) ?? long.MaxValue : (long?)null)];
        toAll = new int[cell.Node.Component.Outputs.Count];
        toOne = [.. toAll.Select((_, port) => new int[read.Where(r => r.Port == port).Select(r => r.Peer + 1).DefaultIfEmpty(0).Max()])];
        taken = new int[cell.Node.Component.Inputs.Count];
    }

    public void Began(StageSnapshot? from)
    {
        isOff = from is not null;
        (at, done, rounds, fired) = (-1, 0, 0, 0);
        Forget();
    }

    public void Took(Firing firing)
    {
        for (var port = 0; port < taken.Length; port++)
        {
            taken[port] = firing.Peers(port) == 0 ? -1 : firing.Count(port);
        }
    }

    public void Sent(int port, int peer, Message message)
    {
        if (peer < 0)
        {
            toAll[port]++;
        }
        else if (peer < toOne[port].Length)
        {
            toOne[port][peer]++;
        }
    }

    public void Fired()
    {
        if (!isOff)
        {
            if (at < 0)
            {
                Check(SentOtherwise(rhythm.Start.Select(n => (long?)n).ToArray()), "at its start ");
                (at, done) = (0, 0);
            }
            else
            {
                fired++;
                Follow();
            }
        }

        Forget();
    }

    /// <summary>Firings whose number varies end where one no longer looks like them.</summary>
    private void Follow()
    {
        for (var looked = 0; looked <= beats.Length && at < beats.Length && IsOver(); looked++)
        {
            (at, done) = (Next(), 0);
        }

        Check(at < beats.Length ? Otherwise(beats[at]) : "once more than it should", $"its {Ordinal(fired)} time ");
        done++;
    }

    /// <summary>The beat has been fired as often as it may be, or this firing is none of it.</summary>
    private bool IsOver() => beats[at] switch
    {
        { Group: > 0 } => done >= 1 || (IsFirstOfGroup(at) && !MayTurn(beats[at])),
        { Repeat: { } repeat } => done >= repeat,
        var varying => Otherwise(varying) is not null,
    };

    /// <summary>Those that take turns, of which this is the first, go through another round: as often as they say, or as long as the firing is like it.</summary>
    private bool MayTurn(Beat first) => first.Repeat is { } times ? rounds < times : Otherwise(first) is null;

    /// <summary>The beat behind this one: after the last of those that take turns their first, if there is another round.</summary>
    private int Next()
    {
        var (group, end) = (beats[at].Group, at + 1);
        while (group > 0 && done == 0 && end < beats.Length && beats[end].Group == group)
        {
            end++; // they don't begin another turn
        }

        var first = at;
        while (group > 0 && first > 0 && beats[first - 1].Group == group)
        {
            first--;
        }

        var isLast = group > 0 && done > 0 && (end == beats.Length || beats[end].Group != group);
        rounds += isLast ? 1 : 0;
        if (isLast && MayTurn(beats[first]))
        {
            return first;
        }

        rounds = group > 0 && end < beats.Length && beats[end].Group == group ? rounds : 0;
        return end == beats.Length && rhythm.Cycle.Count > 0 ? rhythm.Opening.Count : end;
    }

    private bool IsFirstOfGroup(int beat) => beat == 0 || beats[beat - 1].Group != beats[beat].Group;

    private void Check(string? otherwise, string when)
    {
        if (otherwise is not null)
        {
            throw new StageException(
                SignatureCodes.Broken,
                $"'{cell.Name}' fired {when}{otherwise}.",
                $"Correct what {cell.Node.Component.Id} states of its firing pattern (Starts, Opens, Fires in its signature), or the stage.");
        }
    }

    private string? Otherwise(Beat beat)
    {
        for (var port = 0; port < taken.Length; port++)
        {
            if (taken[port] >= 0 && taken[port] != beat.Taken[port])
            {
                return $"taking {Tokens(taken[port])} of '{cell.Node.Component.Inputs[port].Name}', its signature says {beat.Taken[port]}";
            }
        }

        return SentOtherwise(beat.Sent);
    }

    private string? SentOtherwise(IReadOnlyList<long?> expected)
    {
        foreach (var (port, peer) in read)
        {
            var sent = toAll[port] + toOne[port][peer];
            if (OtherThan(expected[port], port, sent) is { } said)
            {
                return $"sending {Tokens(sent)} of '{cell.Node.Component.Outputs[port].Name}'{(toOne[port][peer] > 0 ? $" to reader {peer}" : "")}, its signature says {said}";
            }
        }

        for (var port = 0; port < toAll.Length; port++)
        {
            if (toOne[port].Length == 0 && toAll[port] > 0 && OtherThan(expected[port], port, toAll[port]) is { } said)
            {
                return $"sending {Tokens(toAll[port])} of '{cell.Node.Component.Outputs[port].Name}', its signature says {said}";
            }
        }

        return null;
    }

    /// <summary>What should have been sent to a reader of the output; null when that was.</summary>
    private string? OtherThan(long? said, int port, int sent) =>
        at >= 0 && most[port] is { } bound ? (sent > bound ? $"{bound} at most" : null)
        : said is { } exactly && sent != exactly ? $"{exactly}"
        : null;

    private void Forget()
    {
        Array.Clear(toAll);
        Array.ForEach(toOne, Array.Clear);
    }

    private static string Tokens(int count) => count == 1 ? "1 token" : $"{count} tokens";

    private static string Ordinal(long number) => number + (number % 100 is 11 or 12 or 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });
}
