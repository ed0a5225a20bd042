using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>
/// A file that grows while a stage runs. Whoever writes here only copies bytes; a thread of the file's own hashes and stores
/// them, and appends the SHA-256 of all. Few chunks are under way at a time, so that memory stays bounded. The file is there,
/// whole, once <see cref="Finish"/> has succeeded, and not before.
/// </summary>
internal sealed class InboxStream : Stream
{
    private const int ChunkLength = 256 << 10;
    private const int MostChunks = 8;

    private readonly BlockingCollection<(byte[] Bytes, int Length)> chunks = new(MostChunks);
    private readonly Thread thread;
    private byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkLength);
    private int used;
    private volatile Result<long>? stored;

    public InboxStream(string path)
    {
        thread = new(() => Store(path)) { IsBackground = true, Name = "marl inbox" };
        thread.Start();
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Copies bytes.</summary>
    /// <exception cref="StageException">The file system has refused what came before.</exception>
    public override void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var part = Math.Min(bytes.Length, chunk.Length - used);
            bytes[..part].CopyTo(chunk.AsSpan(used));
            used += part;
            bytes = bytes[part..];
            if (used == chunk.Length)
            {
                HandOver();
            }
        }
    }

    public override void WriteByte(byte value) => Write([value]);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Nothing follows: the file takes its name.</summary>
    /// <returns>The file's length, or why there is none.</returns>
    public Result<long> Finish()
    {
        chunks.Add((chunk, used));
        chunks.CompleteAdding();
        thread.Join();
        chunks.Dispose();
        return stored!;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void HandOver()
    {
        if (stored is { IsSuccess: false } refused)
        {
            throw StageException.Of(refused.Diagnostics[0]);
        }

        chunks.Add((chunk, used));
        (chunk, used) = (ArrayPool<byte>.Shared.Rent(ChunkLength), 0);
    }

    private void Store(string path)
    {
        stored = WholeFile.Write(path, stream =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var (bytes, length) in chunks.GetConsumingEnumerable())
            {
                hash.AppendData(bytes, 0, length);
                stream.Write(bytes, 0, length);
                ArrayPool<byte>.Shared.Return(bytes);
            }

            stream.Write(hash.GetHashAndReset());
        });
        foreach (var _ in chunks.GetConsumingEnumerable())
        {
            // Refused: whoever hands over must not wait for room. He is told with his next chunk.
        }
    }
}
