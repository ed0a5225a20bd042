using System.Runtime.InteropServices;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Core.Stages;

/// <summary>The saved state of a stage: named arrays of numbers. The runtime writes it to checkpoints.</summary>
public sealed class StageSnapshot
{
    private readonly SortedDictionary<string, byte[]> entries = new(StringComparer.Ordinal);

    /// <summary>The entries, ordered by name, for whoever stores them.</summary>
    public IReadOnlyDictionary<string, byte[]> Entries => entries;

    /// <summary>Stores raw bytes (a checkpoint being read).</summary>
    public void PutBytes(string name, byte[] bytes) => entries[name] = bytes;

    /// <summary>Stores numbers under a name.</summary>
    public void Put<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged => entries[name] = MemoryMarshal.AsBytes(values).ToArray();

    /// <summary>Stores one number under a name.</summary>
    public void Put<T>(string name, T value)
        where T : unmanaged => Put(name, new ReadOnlySpan<T>(in value));

    /// <summary>The numbers stored under a name.</summary>
    /// <exception cref="InvalidDataException">Nothing is stored there, or not whole numbers of <typeparamref name="T"/>.</exception>
    public T[] Get<T>(string name)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Entry(name)).ToArray();

    /// <summary>The one number stored under a name.</summary>
    public T GetOne<T>(string name)
        where T : unmanaged
    {
        var values = Get<T>(name);
        return values.Length == 1 ? values[0] : throw new InvalidDataException($"Entry '{name}' holds {values.Length} values, not 1.");
    }

    /// <summary>Copies the numbers stored under a name.</summary>
    /// <exception cref="InvalidDataException">Missing, or of another length than <paramref name="target"/>.</exception>
    public void GetInto<T>(string name, Span<T> target)
        where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(Entry(name));
        if (values.Length != target.Length)
        {
            throw new InvalidDataException($"Entry '{name}' holds {values.Length} values, not {target.Length}.");
        }

        values.CopyTo(target);
    }

    /// <summary>Stores a token.</summary>
    public void PutMessage(string name, Message message)
    {
        Put<int>(name + ".stamp", [message.Stamp.Update, message.Stamp.Step, message.Stamp.Round]);
        PutText(name + ".layout", message.IsAbsent ? "" : Describe(message.Layout));
        Put(name + ".block", message.Block);
    }

    /// <summary>The token stored under a name.</summary>
    public Message GetMessage(string name)
    {
        var stamp = Get<int>(name + ".stamp");
        if (stamp.Length != 3)
        {
            throw new InvalidDataException($"Entry '{name}.stamp' is damaged.");
        }

        var at = new Stamp(stamp[0], stamp[1], stamp[2]);
        var layout = GetText(name + ".layout");
        if (layout.Length == 0)
        {
            return Message.Absent(at);
        }

        var message = Message.Create(ParseLayout(layout), at);
        GetInto(name + ".block", message.WriteBlock());
        return message.Seal();
    }

    /// <summary>Stores text.</summary>
    public void PutText(string name, string text) => entries[name] = System.Text.Encoding.UTF8.GetBytes(text);

    /// <summary>The text stored under a name.</summary>
    public string GetText(string name) => System.Text.Encoding.UTF8.GetString(Entry(name));

    private static string Describe(MessageLayout layout) =>
        layout.Kind + "|" + string.Join("|", layout.Fields.Select(f => $"{f.Name}:{string.Join(",", f.Shape)}"));

    private static MessageLayout ParseLayout(string text)
    {
        var parts = text.Split('|');
        return new(parts[0], parts.Skip(1).Select(Field).ToValues());

        static Field Field(string part)
        {
            var colon = part.LastIndexOf(':');
            return new(part[..colon], part[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToValues());
        }
    }

    private byte[] Entry(string name) => entries.TryGetValue(name, out var bytes)
        ? bytes
        : throw new InvalidDataException($"There is no entry '{name}'.");
}
