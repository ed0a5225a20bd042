using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Testing.Plays;

/// <summary>
/// Drives one stage as a runtime does: starts it, fires it with exactly the tokens it needs, and keeps copies of what it sends.
/// </summary>
internal sealed class StagePlay : IOutputs, IDisposable
{
    private const int MostIdleFirings = 1_000;

    private readonly StageFeed feed;
    private readonly PlayConditions conditions;
    private readonly Queue<TokenSource>[][] lanes; // by port and producer
    private readonly Firing firing;
    private readonly List<SentToken>[] sent;
    private readonly SortedSet<int> asked = [];
    private readonly List<Message> held = []; // sent and not yet released, as a reader would hold them
    private readonly List<TokenSource> fired = []; // the tokens of the last firing
    private IStage stage;
    private int idle;
    private bool hasStarted;

    public StagePlay(StageFeed feed, PlayConditions conditions)
    {
        (this.feed, this.conditions) = (feed, conditions);
        lanes = [.. feed.Lanes.Select(port => port.Select(lane => new Queue<TokenSource>(lane.Tokens.Select(t => new TokenSource(t)))).ToArray())];
        firing = new([.. lanes.Select(l => l.Length)]);
        sent = [.. feed.Outputs.Select(_ => new List<SentToken>())];
        stage = feed.Create();
    }

    /// <summary>Read outputs it asked about: only of these it can know whether they are read.</summary>
    public IReadOnlyCollection<int> Asked => asked;

    /// <summary>What was sent, by port.</summary>
    public IReadOnlyList<SentToken>[] Sent => [.. sent];

    /// <summary>It will never fire again.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>What it was waiting for at last, and what it left: a clause for messages.</summary>
    public string Waiting { get; private set; } = "";

    /// <summary>Plays to the end.</summary>
    public static StagePlay Run(StageFeed feed, PlayConditions conditions)
    {
        using var play = new StagePlay(feed, conditions);
        while (play.Step())
        {
        }

        return play;
    }

    /// <summary>Starts, or fires once. False when it has ended or waits.</summary>
    public bool Step()
    {
        if (!hasStarted)
        {
            hasStarted = true;
            stage.Start(this);
            Settle();
            return true;
        }

        var needs = stage.Needs;
        HasEnded = ReferenceEquals(needs, Needs.Ended) || AnyLane(needs, (port, lane, count) => feed.Lanes[port][lane].Ends && lanes[port][lane].Count < count);
        if (HasEnded || AnyLane(needs, (port, lane, count) => lanes[port][lane].Count < count))
        {
            Waiting = Describe(needs);
            return false;
        }

        Take(needs);
        stage.Fire(firing, this);
        firing.Release();
        Settle();
        return true;
    }

    public bool IsRead(int port)
    {
        var isRead = port != conditions.Unread && !feed.Unread.Contains(port);
        if (isRead)
        {
            asked.Add(port);
        }

        return isRead;
    }

    public void Send(int port, Message message) => Send(port, -1, message);

    public void Send(int port, int peer, Message message)
    {
        message.Seal();
        held.Add(message);
        sent[port].Add(new(peer, Token.Of(message)));
    }

    public void Dispose() => stage.Dispose();

    private string Describe(Needs needs)
    {
        var ports = feed.Inputs.Select((name, port) => (Port: name, Lanes: lanes[port], Needs: port < needs.Count ? needs[port] : 0)).ToArray();
        var lacks = ports.SelectMany(p => p.Lanes.Where(l => l.Count < p.Needs).Take(1).Select(l => $"waits for {p.Needs - l.Count} more on '{p.Port}'"));
        var left = ports.Where(p => p.Lanes.Any(l => l.Count > 0)).Select(p => $"left {p.Lanes.Sum(l => l.Count)} on '{p.Port}'");
        return string.Join(", ", lacks.Concat(left));
    }

    private bool AnyLane(Needs needs, Func<int, int, int, bool> condition)
    {
        for (var port = 0; port < Math.Min(needs.Count, lanes.Length); port++)
        {
            for (var lane = 0; lane < lanes[port].Length; lane++)
            {
                if (condition(port, lane, needs[port]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Take(Needs needs)
    {
        fired.Clear();
        for (var port = 0; port < Math.Min(needs.Count, lanes.Length); port++)
        {
            for (var lane = 0; lane < lanes[port].Length; lane++)
            {
                for (var k = 0; k < needs[port]; k++)
                {
                    fired.Add(lanes[port][lane].Dequeue());
                    firing.Add(port, lane, fired[^1].Message);
                }
            }
        }

        idle = fired.Count == 0 ? idle + 1 : 0;
        if (idle > MostIdleFirings)
        {
            throw new InvalidOperationException($"'{feed.Name}' has fired {MostIdleFirings} times without taking a token: it needs nothing and never ends.");
        }
    }

    /// <summary>Lets readers release what was sent, and does what the conditions say.</summary>
    private void Settle()
    {
        if (conditions.Poisons)
        {
            fired.ForEach(token => token.HasReturned(poison: true));
        }

        held.ForEach(m => m.Release());
        held.Clear();
        if (conditions.Saves || conditions.Reloads)
        {
            var snapshot = new StageSnapshot();
            stage.Save(snapshot);
            if (conditions.Reloads)
            {
                stage.Dispose();
                stage = feed.Create();
                stage.Load(snapshot);
            }
        }
    }
}

/// <summary>A copy of a token that was sent.</summary>
/// <param name="Peer">The reading instance it was for; −1 for all of them.</param>
/// <param name="Token">The token.</param>
internal sealed record SentToken(int Peer, Token Token);
