using Marl.Actors.Core.Messages;

namespace Marl.Actors.Testing.Marbles;

/// <summary>Lends the message of one token, so that its return can be seen.</summary>
internal sealed class TokenSource
{
    private readonly MessagePool? pool; // null for an absent token
    private readonly Message message;

    /// <summary>A token to be taken once.</summary>
    public TokenSource(Marble marble, MessageLayout layout, Alphabet alphabet)
    {
        if (marble.Text == Marble.Absent)
        {
            message = Message.Absent(marble.Stamp);
            return;
        }

        pool = new(layout);
        message = pool.Rent(marble.Stamp);
        alphabet.Floats(marble.Text, layout).CopyTo(message.WriteBlock());
        message.Seal();
    }

    /// <summary>The token.</summary>
    public Message Message => message;

    /// <summary>Nobody holds it any more. Ask once: a returned message is lent again by asking.</summary>
    public bool HasReturned(bool poison)
    {
        if (pool is null)
        {
            return true;
        }

        var isBack = ReferenceEquals(pool.Rent(default), message);
        if (isBack && poison)
        {
            message.WriteBlock().Fill(float.NaN);
        }

        return isBack;
    }
}
