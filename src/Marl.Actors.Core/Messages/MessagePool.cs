using System.Collections.Concurrent;

namespace Marl.Actors.Core.Messages;

/// <summary>
/// Lends messages of one layout. A port that sends every step owns one, so that stepping allocates nothing once the edge is
/// full. Messages lost with a failed run are left to the garbage collector.
/// </summary>
public sealed class MessagePool(MessageLayout layout)
{
    private readonly ConcurrentQueue<Message> free = new();
    private Message? last; // returned last, and lent first: its block is still in the cache

    /// <summary>Fill released blocks with NaN, so that a reader who kept one without retaining it is found. Tests set it.</summary>
    public static bool PoisonReleased { get; set; }

    /// <summary>The layout of every message of this pool.</summary>
    public MessageLayout Layout { get; } = layout.Common();

    /// <summary>A message to fill and send. Its floats are whatever the last user left.</summary>
    public Message Rent(Stamp stamp)
    {
        var message = (last is null ? null : Interlocked.Exchange(ref last, null)) ?? (free.TryDequeue(out var used) ? used : new Message(this, Layout));
        message.Lend(stamp);
        return message;
    }

    internal void Return(Message message)
    {
        if (PoisonReleased)
        {
            message.Poison();
        }

        if (last is not null || Interlocked.CompareExchange(ref last, message, null) is not null)
        {
            free.Enqueue(message);
        }
    }
}
