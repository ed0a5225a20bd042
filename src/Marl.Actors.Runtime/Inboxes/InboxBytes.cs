using System.Runtime.InteropServices;
using System.Text;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>Reads numbers and text from a file, and never makes room for more than the file can hold: nonsense costs no memory.</summary>
internal sealed class InboxBytes(FileStream stream) : IDisposable
{
    private readonly BinaryReader reader = new(stream);

    /// <summary>The file's length.</summary>
    public long Length => stream.Length;

    /// <summary>How much of it has been read: 0 to 1.</summary>
    public double Share => (double)stream.Position / stream.Length;

    public InboxMark Mark() => (InboxMark)reader.ReadByte();

    public bool Flag() => reader.ReadBoolean();

    public int Int() => reader.ReadInt32();

    public long Long() => reader.ReadInt64();

    /// <summary>A number that is mostly small.</summary>
    public int Small() => reader.Read7BitEncodedInt();

    /// <summary>A number of things of a byte or more each, which follow.</summary>
    /// <exception cref="InvalidDataException">The file can't hold so many.</exception>
    public int Count() => Small() is var count && count >= 0 && count <= Left ? count : throw new InvalidDataException("Something is longer than the file.");

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public byte[] Bytes() => reader.ReadBytes(Count());

    public void Into(Span<float> floats) => reader.ReadExactly(MemoryMarshal.AsBytes(floats));

    /// <summary>Whether that many bytes may follow.</summary>
    public bool CanHold(long bytes) => bytes <= Left;

    public void Dispose() => stream.Dispose();

    private long Left => stream.Length - stream.Position;
}
