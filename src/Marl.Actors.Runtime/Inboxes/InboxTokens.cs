using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>Reads tokens; their blocks are lent again once released, so that a long recording needs no more memory than a short one.</summary>
internal sealed class InboxTokens(InboxBytes bytes)
{
    private readonly List<MessagePool> pools = []; // by the layout's number

    /// <summary>The next token; the caller releases it.</summary>
    /// <exception cref="InvalidDataException">There is no such token.</exception>
    public Message Next()
    {
        var number = bytes.Small();
        if (number == pools.Count)
        {
            pools.Add(new(Layout()));
        }

        var pool = number >= 0 && number < pools.Count ? pools[number] : throw new InvalidDataException($"It has no layout {number}.");
        var stamp = new Stamp(bytes.Int(), bytes.Int(), bytes.Int());
        if (pool.Layout == AbsentLayout)
        {
            return Message.Absent(stamp);
        }

        if (!bytes.CanHold(pool.Layout.Bytes))
        {
            throw new InvalidDataException($"A {pool.Layout.Kind} message is longer than the file.");
        }

        var message = pool.Rent(stamp);
        bytes.Into(message.WriteBlock());
        return message.Seal();
    }

    private static MessageLayout AbsentLayout { get; } = Message.Absent(default).Layout;

    private MessageLayout Layout() => new(bytes.Text(), Enumerable.Range(0, bytes.Count()).Select(_ => Field()).ToValues());

    private Field Field() => new(bytes.Text(), Enumerable.Range(0, bytes.Count()).Select(_ => bytes.Small()).ToValues());
}
