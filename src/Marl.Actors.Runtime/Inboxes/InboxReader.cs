using System.Security.Cryptography;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>Reads a recorded inbox, one moment after another. The whole file is verified before the first.</summary>
internal sealed class InboxReader : IDisposable
{
    private const int Buffer = 1 << 16;

    private readonly FileStream stream;
    private readonly BinaryReader reader;
    private readonly InboxTokens tokens;
    private (long Firings, long Taken, long Sent) counts;
    private InboxMark? next;
    private bool hasBegun;

    private InboxReader(FileStream stream, BinaryReader reader, InboxHeader header)
    {
        this.stream = stream;
        this.reader = reader;
        tokens = new(reader);
        Header = header;
    }

    public InboxHeader Header { get; }

    /// <summary>The stage came to its end.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The file's length.</summary>
    public long Bytes => stream.Length;

    /// <summary>How much of the file has been read: 0 to 1.</summary>
    public double Share => (double)stream.Position / stream.Length;

    /// <summary>Firings and tokens taken, so far.</summary>
    public (long Firings, long Taken) Read => (counts.Firings, counts.Taken);

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
        new(InboxCodes.Damaged, SourceSpan.Whole(path), $"This is not a whole recording: {how}", "Record the run anew: marl run FILE --record STAGE.");

    /// <summary>The next moment; null at the end. Its tokens are the caller's to release.</summary>
    /// <exception cref="InvalidDataException">The content can't be understood.</exception>
    public InboxMoment? Next()
    {
        var mark = next ?? Mark();
        next = null;
        if (mark == InboxMark.Ended)
        {
            HasEnded = true;
            mark = Mark();
        }

        if (mark == InboxMark.Close)
        {
            var said = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
            return said == counts ? null : throw new InvalidDataException($"It holds {counts.Firings} firings and says {said.Item1}.");
        }

        hasBegun |= mark is InboxMark.Start or InboxMark.State;
        return mark switch
        {
            InboxMark.Start => With(new()),
            InboxMark.State => new() { State = State(), IsComplete = true },
            InboxMark.Firing when hasBegun => With(Firing()),
            _ => throw new InvalidDataException($"{mark} comes where a firing should begin."),
        };
    }

    public void Dispose() => stream.Dispose();

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
        var reader = new BinaryReader(stream);
        Span<byte> magic = stackalloc byte[InboxHeader.Magic.Length];
        if (stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.SequenceEqual(InboxHeader.Magic) || stream.Length < magic.Length + sizeof(int) + InboxHeader.HashLength)
        {
            return Result.Failure<InboxReader>(Damage(path, "it does not begin like one."));
        }

        var version = reader.ReadInt32();
        if (version != InboxHeader.Version)
        {
            return Result.Failure<InboxReader>(new Diagnostic(
                InboxCodes.OtherVersion, SourceSpan.Whole(path), $"The recording has format {version}; this program reads {InboxHeader.Version}.", "Replay it with the marl that recorded it, or record the run anew."));
        }

        if (isWholeNeeded && !IsWhole(stream))
        {
            return Result.Failure<InboxReader>(Damage(path, "it was cut short or changed, its checksum does not fit."));
        }

        stream.Position = magic.Length + sizeof(int);
        try
        {
            return Result.Success(new InboxReader(stream, reader, InboxHeader.Read(reader)));
        }
        catch (Exception e) when (e is IOException or ArgumentException or FormatException)
        {
            return Result.Failure<InboxReader>(Damage(path, "its header can't be understood."));
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

    private InboxMark Mark() => (InboxMark)reader.ReadByte();

    /// <summary>Reads what belongs to a moment, up to the mark that does not.</summary>
    private InboxMoment With(InboxMoment moment)
    {
        for (var mark = Mark(); ; mark = Mark())
        {
            switch (mark)
            {
                case InboxMark.Answer:
                    moment.Answers[reader.Read7BitEncodedInt()] = reader.ReadBoolean();
                    break;
                case InboxMark.Sent:
                    counts.Sent++;
                    moment.Sent.Add(new(reader.Read7BitEncodedInt(), reader.ReadInt32(), tokens.Next()));
                    break;
                case InboxMark.Fired:
                    moment.IsComplete = true;
                    return moment;
                default:
                    next = mark;
                    return moment;
            }
        }
    }

    private InboxMoment Firing()
    {
        counts.Firings++;
        var firing = new Firing(Header.Lanes);
        Stamp? first = null;
        for (var port = 0; port < Header.Lanes.Count; port++)
        {
            for (var peer = 0; peer < Header.Lanes[port]; peer++)
            {
                for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
                {
                    counts.Taken++;
                    var token = tokens.Next();
                    first ??= token.Stamp;
                    firing.Add(port, peer, token);
                }
            }
        }

        return new() { Firing = firing, Stamp = first };
    }

    private StageSnapshot State()
    {
        var state = new StageSnapshot();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var name = reader.ReadString();
            state.PutBytes(name, reader.ReadBytes(reader.Read7BitEncodedInt()));
        }

        return state;
    }
}
