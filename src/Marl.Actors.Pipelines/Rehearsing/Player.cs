using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Rehearsing;

/// <summary>Tokens a firing takes from an inbox.</summary>
internal readonly record struct Demand(Inbox Inbox, long Tokens);

/// <summary>Tokens a firing sends along a channel.</summary>
internal readonly record struct Offer(Channel Channel, long Tokens);

/// <summary>A beat of a rhythm, as far as its ports are connected.</summary>
internal sealed record Turn(long Repeat, Demand[] Takes, Offer[] Sends)
{
    /// <summary>Of those it alternates with; 0 for none.</summary>
    public int Group { get; init; }

    /// <summary>How many of its group come before it.</summary>
    public int Place { get; init; }

    /// <summary>For the last of a group: how often the group is gone through. 0 for all others.</summary>
    public long Rounds { get; init; }
}

/// <summary>A stage in the rehearsal. It stands for all its instances, which do the same.</summary>
internal sealed class Player(int index, Node node)
{
    private const long Most = 1 << 24; // firings at once, so that no product overflows

    private Turn[] turns = [];
    private int loop; // the first turn of the cycle

    /// <summary>Position among all players.</summary>
    public int Index => index;

    public Node Node => node;

    /// <summary>What Start sends.</summary>
    public Offer[] Start { get; private set; } = [];

    /// <summary>The turn it is at.</summary>
    public int At { get; private set; }

    /// <summary>Firings of that turn done.</summary>
    public long Done { get; private set; }

    /// <summary>Rounds done of the group of turns it is in.</summary>
    public long Round { get; private set; }

    /// <summary>Groups of turns completed, with all their rounds.</summary>
    public long Groups { get; private set; }

    /// <summary>Turns completed.</summary>
    public long Passed { get; private set; }

    /// <summary>Cycles completed.</summary>
    public long Cycles { get; private set; }

    /// <summary>Firings done.</summary>
    public long Fired { get; private set; }

    /// <summary>Cycles it may do.</summary>
    public long Limit { get; set; }

    /// <summary>It never fires again.</summary>
    public bool HasEnded => At == turns.Length;

    /// <summary>It has done all the cycles that it may.</summary>
    public bool IsDone => HasEnded || (At == loop && Done == 0 && Round == 0 && Cycles >= Limit);

    /// <summary>The cycle is one turn: then cycles run into each other.</summary>
    public bool IsEven => At == loop && loop == turns.Length - 1 && Turn.Group == 0;

    /// <summary>The next firing begins one of several turns' cycle, if its limit allows another.</summary>
    public bool IsBeginning => At == loop && Done == 0 && Round == 0 && !IsEven;

    public Turn Turn => turns[At];

    /// <summary>All turns.</summary>
    public IEnumerable<Turn> All => turns;

    /// <summary>All turns from here on, those of the cycle in any case.</summary>
    public IEnumerable<Turn> Coming => turns.Skip(Math.Min(HasEnded ? At : At - Turn.Place, loop));

    /// <summary>Its cycle is an iteration of the graph, at whose end it sends something besides.</summary>
    public bool EndsIterations { get; private set; }

    /// <summary>Learns what to do.</summary>
    public void Learn(Offer[] start, Turn[] opening, Turn[] cycle, bool endsIterations)
    {
        (Start, EndsIterations) = (start, endsIterations);
        turns = [.. opening, .. cycle];
        loop = cycle.Length == 0 ? int.MaxValue : opening.Length;
    }

    public void Begin() => (At, Done, Round, Groups, Passed, Cycles, Fired, Limit) = (0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Firings its turn and its limit allow.</summary>
    public long Left()
    {
        if (At < loop)
        {
            return Math.Min(Most, Turn.Repeat - Done);
        }

        var cycles = Math.Max(0, Limit - Cycles);
        return IsEven
            ? cycles > Most ? Most : Math.Min(Most, (cycles * Turn.Repeat) - Done)
            : cycles == 0 && IsBeginning ? 0 : Math.Min(Most, Turn.Repeat - Done);
    }

    /// <summary>Fires as often as it can.</summary>
    public void Play(Sweep sweep)
    {
        while (!HasEnded && sweep.MayGoOn)
        {
            var firings = Firings();
            sweep.Note(this, firings);
            if (firings == 0)
            {
                break;
            }

            Fire(firings);
        }
    }

    /// <summary>Goes on as it did in a stretch of firings, several times over.</summary>
    /// <param name="rounds">Rounds it did of a group of turns that it stayed within; 0 when it did not.</param>
    /// <param name="turnsPassed">Turns it completed in one of them; 0 when it stayed within one.</param>
    /// <param name="cycles">Cycles it completed.</param>
    /// <param name="firings">Firings.</param>
    /// <param name="times">How often.</param>
    public void Repeat(long rounds, long turnsPassed, long cycles, long firings, long times)
    {
        Fired += firings * times;
        if (!HasEnded && IsEven)
        {
            var done = Done + (firings * times);
            (Cycles, Passed, Done) = (Cycles + (done / Turn.Repeat), Passed + (done / Turn.Repeat), done % Turn.Repeat);
            return;
        }

        Cycles += cycles * times;
        Passed += turnsPassed * times;
        Round += rounds * times;
        Done += turnsPassed == 0 ? firings * times : 0;
        if (!HasEnded && Done == Turn.Repeat)
        {
            Done = 0;
            Pass();
        }
    }

    private long Firings()
    {
        var firings = Left();
        foreach (var (inbox, tokens) in Turn.Takes)
        {
            firings = inbox.Firings(tokens, firings);
        }

        foreach (var (channel, tokens) in Turn.Sends)
        {
            firings = channel.Firings(tokens, firings);
        }

        return firings;
    }

    private void Fire(long firings)
    {
        foreach (var (inbox, tokens) in Turn.Takes)
        {
            inbox.Take(tokens * firings);
        }

        foreach (var (channel, tokens) in Turn.Sends)
        {
            channel.Send(tokens * firings);
        }

        Fired += firings;
        Done += firings;
        var passed = Done / Turn.Repeat;
        Done %= Turn.Repeat;
        if (IsEven)
        {
            (Cycles, Passed) = (Cycles + passed, Passed + passed);
        }
        else if (passed > 0)
        {
            Pass();
        }
    }

    private void Pass()
    {
        Passed++;
        if (Turn.Rounds > 0 && ++Round < Turn.Rounds)
        {
            At -= Turn.Place;
            return;
        }

        if (Turn.Rounds > 0)
        {
            (Round, Groups) = (0, Groups + 1);
        }

        if (++At == turns.Length && loop < turns.Length)
        {
            At = loop;
            Cycles++;
        }
    }
}
