using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Witnesses;

/// <summary>
/// Follows the tokens of one link from the stage that makes them into the lane of the stage that takes them: each that is
/// sent comes in, once and in order, and each operator passes on as many as it says.
/// </summary>
internal sealed class LinkWitness
{
    private readonly OperatorUse[] operators;
    private readonly Core.Stages.Passing[] passings;
    private readonly RunWitness run;
    private Passed[] passed;            // by position: what went into operator i; behind the last one, into the lane
    private bool hasClosed;

    public LinkWitness(Link link, RunWitness run, TokenStream? expected)
    {
        this.run = run;
        Link = link;
        Sent = new(expected);
        operators = [.. link.Edge.Operators];
        passings = [.. operators.Select(o => o.Component.Passes(o.Options))];
        passed = new Passed[operators.Length + 1];
    }

    public Link Link { get; }

    public bool HasOperators => operators.Length > 0;

    /// <summary>What the producer made.</summary>
    public TokenStream Sent { get; }

    /// <summary>Tokens that left the producer; null where nobody counts.</summary>
    public long? Left { get; set; }

    /// <summary>Where the consumer stands, for a consumer that is made anew.</summary>
    public (Passed[] Passed, bool HasClosed) Mark => ([.. passed], hasClosed);

    /// <summary>The producer makes a token.</summary>
    public void Make(Message message, Token token, string restarted)
    {
        var number = Sent.Next;
        var earlier = run.See(new(Passing.Sent, Link.Id), Sent, token, message);
        if (earlier != token)
        {
            run.Report(this, WitnessCodes.Unrepeatable, Link.Edge.Where,
                $"{Name}: '{Link.Producer.Name}' {restarted} and then made another token {number + 1} at {token.Stamp} than before, at {earlier.Stamp}. A part of its state is not saved, or it depends on more than its state and its tokens.");
        }
    }

    /// <summary>A token goes into an operator, or into the lane.</summary>
    /// <returns>Whether it went into the lane.</returns>
    public bool Enter(int position, Message message, Token token)
    {
        if (hasClosed)
        {
            run.Report(this, WitnessCodes.AfterEnd, Link.Edge.Where, $"{Name}: '{Link.Consumer.Name}' got {token} after the end of the stream.");
        }

        if (position == 0)
        {
            Arrive(token);
        }

        var before = passed[position];
        passed[position] = new(before.Tokens + 1, before.Values + (token.IsAbsent ? 0 : 1), token.Stamp);
        return position == operators.Length;
    }

    /// <summary>The operators have done what they do with the token that came last.</summary>
    public void Pass()
    {
        for (var position = 0; position < operators.Length; position++)
        {
            Balance(position, atEnd: false);
        }
    }

    /// <summary>The end of the stream has come in.</summary>
    public void Close()
    {
        for (var position = 0; position < operators.Length; position++)
        {
            Balance(position, atEnd: true);
        }

        hasClosed = true;
    }

    public void Rewind((Passed[] Passed, bool HasClosed)? mark) =>
        (passed, hasClosed) = mark is { } at ? ([.. at.Passed], at.HasClosed) : (new Passed[operators.Length + 1], false);

    /// <summary>Nothing is on its way: what left the producer has come in, and at the end of the run, what was made.</summary>
    public void FindLost(bool atEnd)
    {
        var arrived = passed[0].Tokens;
        var isOnItsWay = arrived < Left;
        if (isOnItsWay || (atEnd && arrived < Sent.Count))
        {
            var seen = Left is null ? "when it was made" : isOnItsWay ? "on its way" : $"waiting for credits at '{Link.Producer.Name}'";
            run.Report(this, WitnessCodes.NotConserved, Link.Edge.Where,
                $"{Name}: token {arrived + 1} at {Sent[arrived].Stamp}, made by '{Link.Producer.Name}', never reached '{Link.Consumer.Name}'; it was last seen {seen}. {Sent.Count} were made, {arrived} came.");
        }
    }

    /// <summary>The run is over: what became of the tokens.</summary>
    public void Settle(Tally tally)
    {
        FindLost(atEnd: true);
        tally.Produced += Values(Sent.Count);
        tally.Pending += Values(Sent.Count) - passed[0].Values;
        for (var position = 0; position < operators.Length; position++)
        {
            tally.Operator(operators[position].Component.Id, passed[position].Values - passed[position + 1].Values);
        }
    }

    private string Name => Link.Edge.Name;

    private int Values(int count)
    {
        var values = 0;
        for (var i = 0; i < count; i++)
        {
            values += Sent[i].IsAbsent ? 0 : 1;
        }

        return values;
    }

    /// <summary>It must be the next of those that were made.</summary>
    private void Arrive(Token token)
    {
        var number = passed[0].Tokens;
        if (number >= Sent.Count)
        {
            run.Report(this, WitnessCodes.NotConserved, Link.Edge.Where, $"{Name}: '{Link.Consumer.Name}' got {token} as number {number + 1}, but '{Link.Producer.Name}' made only {Sent.Count}.");
        }
        else if (Sent[number] != token)
        {
            run.Report(this, WitnessCodes.NotConserved, Link.Edge.Where,
                $"{Name}: '{Link.Consumer.Name}' got {token} as number {number + 1}, but what '{Link.Producer.Name}' made as that is {Sent[number]}{(Sent[number].Stamp == token.Stamp ? " with other bits" : "")}.");
        }
    }

    /// <summary>An operator has passed on what it must of the tokens it got, and no more.</summary>
    private void Balance(int position, bool atEnd)
    {
        var (got, gave) = (passed[position].Tokens, passed[position + 1].Tokens);
        var (most, per) = passings[position].Rate;
        var least = passings[position].Count(got);
        var limit = least + (atEnd && per > most ? most : 0); // some keep tokens back, and let go of them at the end
        if (gave >= least && gave <= limit)
        {
            return;
        }

        var use = operators[position].Component.Id;
        run.Report(this, WitnessCodes.NotConserved, Link.Edge.Where, gave < least
            ? $"{Name}: a token that came from '{Link.Producer.Name}' was last seen going into '{use}', at {passed[position].Last}. '{use}' got {got} and passed on {gave}, though it says that it passes on {least} of them."
            : $"{Name}: '{use}' has passed on {gave} tokens, the last at {passed[position + 1].Last}, though it got {got} from '{Link.Producer.Name}', the last at {passed[position].Last}, and says that these make {limit}.");
    }

    /// <summary>What went past a position.</summary>
    /// <param name="Tokens">All of them.</param>
    /// <param name="Values">Those that are not absent.</param>
    /// <param name="Last">Stamp of the newest.</param>
    internal readonly record struct Passed(int Tokens, int Values, Stamp Last);
}
