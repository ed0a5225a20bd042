using System.Security.Cryptography;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>Opens recorded inboxes. A file that was cut short, changed or written by another version is refused before anything is read from it.</summary>
internal static class InboxFile
{
    private const int Buffer = 1 << 16;

    /// <summary>Opens a file and verifies all of it.</summary>
    public static Result<InboxReader> Open(string path) => Open(path, isWholeNeeded: true);

    /// <summary>Reads what a file says about itself, without verifying the rest.</summary>
    public static Result<InboxHeader> ReadHeader(string path) => Open(path, isWholeNeeded: false).Map(reader =>
    {
        using (reader)
        {
            return reader.Header;
        }
    });

    /// <summary>What is wrong with a file.</summary>
    public static Diagnostic Damage(string path, string how) =>
        new(InboxCodes.Damaged, SourceSpan.Whole(path), $"This is not a whole recording: {how}.", "Record the run anew: marl run FILE --record STAGE.");

    /// <summary>What reading content throws that is not of a recording.</summary>
    public static bool IsNonsense(Exception fault) => fault is IOException or InvalidDataException or ArgumentException or FormatException or OverflowException;

    private static Result<InboxReader> Open(string path, bool isWholeNeeded)
    {
        FileStream? stream = null;
        try
        {
            stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer, FileOptions.SequentialScan);
            var opened = Open(path, stream, isWholeNeeded);
            if (opened.IsSuccess)
            {
                stream = null;
            }

            return opened;
        }
        catch (Exception fault) when (FileFaults.IsFault(fault))
        {
            return Result.Failure<InboxReader>(FileFaults.OfReading(path, fault));
        }
        finally
        {
            stream?.Dispose();
        }
    }

    private static Result<InboxReader> Open(string path, FileStream stream, bool isWholeNeeded)
    {
        var begin = InboxHeader.Magic.Length + sizeof(int);
        Span<byte> magic = stackalloc byte[InboxHeader.Magic.Length];
        if (stream.Length < begin + InboxHeader.HashLength || stream.ReadAtLeast(magic, magic.Length) < magic.Length || !magic.SequenceEqual(InboxHeader.Magic))
        {
            return Result.Failure<InboxReader>(Damage(path, "it does not begin like one"));
        }

        var bytes = new InboxBytes(stream);
        var version = bytes.Int();
        if (version != InboxHeader.Version)
        {
            return Result.Failure<InboxReader>(new Diagnostic(
                InboxCodes.OtherVersion, SourceSpan.Whole(path), $"The recording has format {version}; this program reads {InboxHeader.Version}.", "Replay it with the marl that recorded it, or record the run anew."));
        }

        if (isWholeNeeded && !IsWhole(stream))
        {
            return Result.Failure<InboxReader>(Damage(path, "it was cut short or changed, its checksum does not fit"));
        }

        stream.Position = begin;
        try
        {
            return Result.Success(new InboxReader(path, bytes, InboxHeader.Read(bytes)));
        }
        catch (Exception fault) when (IsNonsense(fault))
        {
            return Result.Failure<InboxReader>(Damage(path, "its header can't be understood"));
        }
    }

    private static bool IsWhole(FileStream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Buffer];
        stream.Position = 0;
        for (var left = stream.Length - InboxHeader.HashLength; left > 0;)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            stream.ReadExactly(part);
            hash.AppendData(part);
            left -= part.Length;
        }

        Span<byte> expected = stackalloc byte[InboxHeader.HashLength];
        stream.ReadExactly(expected);
        return expected.SequenceEqual(hash.GetHashAndReset());
    }
}
