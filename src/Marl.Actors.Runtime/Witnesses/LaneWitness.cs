using Marl.Actors.Core.Messages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Witnesses;

/// <summary>Follows the tokens of one lane: the stage takes each that came in, once and in order.</summary>
/// <param name="link">Its link; the first where it serves several.</param>
/// <param name="run">The run it is part of.</param>
/// <param name="expected">What the stage took in another run.</param>
internal sealed class LaneWitness(Link link, RunWitness run, TokenStream? expected)
{
    private readonly TokenStream came = new(null);
    private readonly TokenStream taken = new(expected);
    private int next;     // of those that came, the number of the one to be taken
    private int overtaken;
    private int brought;  // of those that came, how many values a resumed cell had already

    public Link Link { get; } = link;

    /// <summary>What the stage took.</summary>
    public TokenStream Taken => taken;

    /// <summary>Where the stage stands, for one that is made anew.</summary>
    public (int Came, int Taken, int Next, int Overtaken) Mark => (came.Next, taken.Next, next, overtaken);

    private string Name => Link.Edge.Name;

    private string OnTheWay => Deviation.OnTheWayOf(Link.Edge) is { Length: > 0 } operators ? operators : "the edge";

    /// <summary>A resumed cell had this token already.</summary>
    public void Bring(Token token)
    {
        came.Add(token);
        brought += token.IsAbsent ? 0 : 1;
    }

    /// <summary>A token comes in, behind the operators.</summary>
    public void Add(Token token, string restarted)
    {
        var number = came.Next;
        var earlier = came.Add(token);
        if (earlier != token && Link.Edge.Merge is Merge.Single or Merge.ByStep)
        {
            run.Report(this, WitnessCodes.Unrepeatable, Link.Edge.Where,
                $"{Name}: '{Link.Consumer.Name}' {restarted}, and then {OnTheWay} passed on another token {number + 1} at {token.Stamp} than before, at {earlier.Stamp}. A part of the state of {OnTheWay} is not saved, or it depends on more than its state and its tokens.");
        }
    }

    /// <summary>The stage takes a token.</summary>
    public void Take(Message message, Token token)
    {
        var isNewest = Link.Edge.Merge == Merge.Latest;
        if (isNewest)
        {
            var newest = came.Next - 1;
            overtaken += Math.Max(0, newest - next);
            next = Math.Max(next, newest);
        }

        if (next >= came.Next || came[next] != token)
        {
            var due = next >= came.Next ? "nothing was there to be taken" : $"{came[next]} was next";
            run.Report(this, WitnessCodes.NotConserved, Link.Edge.Where, $"{Name}: '{Link.Consumer.Name}' took {token}, but {due}.");
        }

        next += isNewest ? 0 : 1;
        run.See(new(Passing.Taken, Link.Id), taken, token, message);
    }

    public void Rewind((int Came, int Taken, int Next, int Overtaken) mark)
    {
        came.Rewind(mark.Came);
        taken.Rewind(mark.Taken);
        (next, overtaken) = (mark.Next, mark.Overtaken);
    }

    /// <summary>The run is over.</summary>
    public void Settle(Tally tally)
    {
        tally.Produced += brought;
        var isNewest = Link.Edge.Merge == Merge.Latest;
        var done = Math.Min(isNewest && taken.Count > 0 ? next + 1 : next, came.Count);
        for (var i = 0; i < came.Count; i++)
        {
            var value = came[i].IsAbsent ? 0 : 1;
            tally.Consumed += i < done ? value : 0;
            tally.Pending += i < done ? 0 : value;
        }

        if (overtaken > 0)
        {
            tally.Consumed -= overtaken;
            tally.Operator("latest", overtaken);
        }
    }
}
