using Marl.Actors.Core.Messages;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Witnesses;

namespace Marl.Actors.Runtime.Faults;

/// <summary>
/// Keeps account of one link, apart from what makes it reliable: every token sent is given to its consumer once, in order,
/// before the end. What a consumer that is made anew had got since it was saved, it gets again.
/// </summary>
internal sealed class LinkLedger(Link link, RunWitness witness)
{
    private long next;  // number of the next token that was never sent
    private long ends;  // one when the end was among them
    private long taken;
    private long? end;  // number of the end, once it was taken
    private Stamp last = new(int.MinValue);

    /// <summary>Tokens sent.</summary>
    public long Sent => next - ends;

    /// <summary>The producer lets a token go; null is the end.</summary>
    /// <returns>Whether it is the first time.</returns>
    public bool Send(long number, Message? message)
    {
        if (number < next)
        {
            return false;
        }

        next = number + 1;
        ends += message is null ? 1 : 0;
        return true;
    }

    /// <summary>The consumer is given the token of that number; null is the end.</summary>
    public void Take(long number, Message? message)
    {
        var token = message is null ? "the end" : $"token {number + 1} at {message.Stamp}";
        if (number > end)
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
        end ??= message is null ? number : null;
    }

    /// <summary>The consumer is made anew and expects that number.</summary>
    public void Rewind(long expected)
    {
        taken = expected;
        last = new(int.MinValue);
    }

    private static int Compare(Stamp a, Stamp b) => (a.Update, a.Step, a.Round).CompareTo((b.Update, b.Step, b.Round));

    private void Break(string code, string what) =>
        witness.Report(this, code, link.Edge.Where, $"{link.Edge.Name}, from '{link.Producer.Name}' to '{link.Consumer.Name}': {what}.");
}
