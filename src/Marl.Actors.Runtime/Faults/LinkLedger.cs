using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Faults;

/// <summary>Keeps account of one link, apart from what makes it reliable: every token sent reaches its consumer once, in order, before the end.</summary>
internal sealed class LinkLedger(Link link, long seed, List<Diagnostic> violations)
{
    private long sent;
    private long taken;
    private Stamp last = new(int.MinValue);
    private bool hasEnded;
    private bool isBroken; // one violation a link: the others follow from it

    /// <summary>Tokens sent.</summary>
    public long Sent => sent;

    public void Send(Message? message) => sent += message is null ? 0 : 1;

    /// <summary>The consumer is given the token of that number; null is the end.</summary>
    public void Take(long number, Message? message)
    {
        var token = message is null ? "the end" : $"token {number + 1} at {message.Stamp}";
        if (hasEnded)
        {
            Break(FaultCodes.AfterEnd, $"{token} reached its consumer after the end of the stream");
        }
        else if (number < taken)
        {
            Break(FaultCodes.Twice, $"{token} reached its consumer twice");
        }
        else if (number > taken)
        {
            Break(FaultCodes.Lost, $"{token} reached its consumer before token {taken + 1}");
        }
        else if (message is not null && Compare(message.Stamp, last) < 0)
        {
            Break(FaultCodes.StampWentBack, $"{token} came after one at {last}");
        }

        taken = number + 1;
        last = message?.Stamp ?? last;
        hasEnded |= message is null;
    }

    /// <summary>The run is over and nothing is on its way.</summary>
    public void Close()
    {
        var tokens = taken - (hasEnded ? 1 : 0);
        if (tokens != sent)
        {
            Break(FaultCodes.Lost, $"{sent} tokens were sent, the last at {last}, but {tokens} reached their consumer");
        }
    }

    private static int Compare(Stamp a, Stamp b) => (a.Update, a.Step, a.Round).CompareTo((b.Update, b.Step, b.Round));

    private void Break(string code, string what)
    {
        if (!isBroken)
        {
            isBroken = true;
            violations.Add(new(code, link.Edge.Where, $"{link.Edge.Name}, from '{link.Producer.Name}' to '{link.Consumer.Name}': {what}, under schedule {seed}.", ""));
        }
    }
}
