using System.Runtime.InteropServices;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>Reads tokens; their blocks are lent again once released, so that a long recording needs no more memory than a short one.</summary>
internal sealed class InboxTokens(BinaryReader reader)
{
    private readonly List<MessagePool> pools = []; // by the layout's number

    /// <summary>The next token; the caller releases it.</summary>
    /// <exception cref="InvalidDataException">There is no such layout.</exception>
    public Message Next()
    {
        var number = reader.Read7BitEncodedInt();
        if (number == pools.Count)
        {
            pools.Add(new(Layout()));
        }

        var pool = number >= 0 && number < pools.Count ? pools[number] : throw new InvalidDataException($"It has no layout {number}.");
        var stamp = new Stamp(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        if (pool.Layout == AbsentLayout)
        {
            return Message.Absent(stamp);
        }

        var message = pool.Rent(stamp);
        reader.ReadExactly(MemoryMarshal.AsBytes(message.WriteBlock()));
        return message.Seal();
    }

    private static MessageLayout AbsentLayout { get; } = Message.Absent(default).Layout;

    private MessageLayout Layout() => new(reader.ReadString(), Enumerable.Range(0, reader.Read7BitEncodedInt()).Select(_ => Field()).ToValues());

    private Field Field() => new(reader.ReadString(), Enumerable.Range(0, reader.Read7BitEncodedInt()).Select(_ => reader.Read7BitEncodedInt()).ToValues());
}
