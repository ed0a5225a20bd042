using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Testing.Marbles;

/// <summary>Drives one operator as an edge does: starts it, gives it every token, ends it, and keeps copies of what it passes on.</summary>
internal sealed class OperatorPlay
{
    private readonly OperatorMarbles marbles;
    private readonly PlayConditions conditions;
    private readonly List<TokenSource> tokens;
    private readonly List<SentToken> passed = [];
    private readonly HashSet<TokenSource> returned = [];
    private IOperator step;
    private int next = -1; // the start comes before the first token

    public OperatorPlay(OperatorMarbles marbles, PlayConditions conditions)
    {
        (this.marbles, this.conditions) = (marbles, conditions);
        tokens = [.. marbles.Feed.Marbles.Select(m => new TokenSource(m, marbles.Layout, marbles.Alphabet))];
        step = marbles.Create();
    }

    /// <summary>What was passed on.</summary>
    public IReadOnlyList<SentToken> Passed => passed;

    /// <summary>The first token nobody gave back; null when all are.</summary>
    public Marble? Lost
    {
        get
        {
            var lost = tokens.FindIndex(t => !returned.Contains(t) && !t.HasReturned(poison: false));
            return lost < 0 ? null : marbles.Feed.Marbles[lost];
        }
    }

    /// <summary>Plays to the end.</summary>
    public static OperatorPlay Run(OperatorMarbles marbles, PlayConditions conditions)
    {
        var play = new OperatorPlay(marbles, conditions);
        while (play.Step())
        {
        }

        return play;
    }

    /// <summary>Starts it, gives it one token, or ends it. False when that is done.</summary>
    public bool Step()
    {
        if (next > tokens.Count || (next == tokens.Count && !marbles.Feed.Ends))
        {
            return false;
        }

        if (next < 0)
        {
            step.Start(Receive);
        }
        else if (next < tokens.Count)
        {
            step.Push(tokens[next].Message, Receive);
        }
        else
        {
            step.End(Receive);
        }

        next++;
        Settle();
        return true;
    }

    /// <summary>Reads a token and releases it at once, as a quick reader does.</summary>
    private void Receive(Message message)
    {
        message.Seal();
        passed.Add(SentToken.Of(message));
        message.Release();
        Poison();
    }

    private void Settle()
    {
        Poison();
        if (conditions.Saves || conditions.Reloads)
        {
            var snapshot = new StageSnapshot();
            step.Save(snapshot);
            if (conditions.Reloads)
            {
                step = marbles.Create();
                step.Load(snapshot);
            }
        }
    }

    private void Poison()
    {
        for (var i = 0; conditions.Poisons && i < Math.Min(next + 1, tokens.Count); i++)
        {
            if (!returned.Contains(tokens[i]) && tokens[i].HasReturned(poison: true))
            {
                returned.Add(tokens[i]);
            }
        }
    }
}
