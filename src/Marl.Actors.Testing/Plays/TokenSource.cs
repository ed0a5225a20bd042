using Marl.Actors.Core.Messages;

namespace Marl.Actors.Testing.Plays;

/// <summary>Lends the message of one token, so that its return can be seen.</summary>
internal sealed class TokenSource
{
    private readonly MessagePool? pool; // null for an absent token
    private bool hasReturned;

    /// <summary>A token to be taken once.</summary>
    public TokenSource(Token token)
    {
        if (token.Layout is not { } layout)
        {
            Message = Message.Absent(token.Stamp);
            return;
        }

        pool = new(layout);
        Message = pool.Rent(token.Stamp);
        token.Floats.Span.CopyTo(Message.WriteBlock());
        Message.Seal();
    }

    /// <summary>The token.</summary>
    public Message Message { get; }

    /// <summary>Nobody holds it any more.</summary>
    /// <param name="poison">Fill its block with NaN when that is first seen, as if another message had it.</param>
    public bool HasReturned(bool poison)
    {
        if (pool is null || hasReturned)
        {
            return true;
        }

        hasReturned = ReferenceEquals(pool.Rent(default), Message); // a returned message is lent again
        if (hasReturned && poison)
        {
            Message.WriteBlock().Fill(float.NaN);
        }

        return hasReturned;
    }
}
