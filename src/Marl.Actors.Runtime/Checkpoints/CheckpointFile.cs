using System.Globalization;
using System.Security.Cryptography;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Runtime.Checkpoints;

/// <summary>
/// Checkpoints on disk: magic, version, payload length, payload, SHA-256 of the payload. Written whole or not at all, read
/// and verified completely before anything is touched. The last few generations are kept.
/// </summary>
public static class CheckpointFile
{
    private const int Version = 1;
    private const int Generations = 3;
    private const int HeaderLength = 8 + 4 + 8;
    private const int HashLength = 32;
    private const string Extension = ".checkpoint";
    private const string Observer = "(observer)"; // stands among the cells; no stage has such a name

    private static ReadOnlySpan<byte> Magic => "MARLCKPT"u8;

    /// <summary>Writes the next generation into a folder and removes those too old. The path, or why it failed.</summary>
    public static Result<string> Write(string folder, Checkpoint checkpoint)
    {
        var payload = Payload(checkpoint);
        var path = Path.Combine(folder, checkpoint.EnvironmentSteps.ToString("D12", CultureInfo.InvariantCulture) + Extension);
        return WholeFile.Write(path, stream =>
        {
            stream.Write(Magic);
            stream.Write(BitConverter.GetBytes(Version));
            stream.Write(BitConverter.GetBytes((long)payload.Length));
            stream.Write(payload);
            stream.Write(SHA256.HashData(payload));
        }).Map(_ =>
        {
            Prune(folder);
            return path;
        });
    }

    /// <summary>The newest checkpoint of a folder that is whole.</summary>
    /// <param name="folder">Where the generations are.</param>
    /// <param name="below">Only those of fewer vector steps.</param>
    /// <returns>
    /// The checkpoint, with a warning about each damaged one that is newer; <see cref="CheckpointCodes.None"/> when there is no file
    /// at all, and all findings when none of the files can be used.
    /// </returns>
    public static Result<Checkpoint> ReadNewest(string folder, long below = long.MaxValue)
    {
        var damaged = new List<Diagnostic>();
        foreach (var file in Directory.Exists(folder) ? Files(folder).Reverse() : [])
        {
            var read = Read(file);
            if (read.IsSuccess && read.Value.VectorSteps >= below)
            {
                continue;
            }

            if (read.IsSuccess)
            {
                return Result.Of(read.Value, damaged.Select(d => d with
                {
                    Severity = Severity.Warning, Remedy = $"Going on from the one before it, at {read.Value.EnvironmentSteps} environment steps.",
                }));
            }

            damaged.AddRange(read.Diagnostics);
            if (read.Diagnostics[0].Code == CheckpointCodes.NewerVersion)
            {
                break; // whole, and not ours to pass over
            }
        }

        return Result.Failure<Checkpoint>(damaged.Count > 0 ? damaged : [new Diagnostic(
            CheckpointCodes.None, SourceSpan.Whole(folder), "There is no checkpoint here.", "Resume a run folder that 'marl run' made, or start anew.")]);
    }

    /// <summary>Reads and verifies a checkpoint.</summary>
    public static Result<Checkpoint> Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Damaged(path, "It can't be read.");
        }

        if (bytes.Length < HeaderLength + HashLength || !bytes.AsSpan(0, 8).SequenceEqual(Magic))
        {
            return Damaged(path, "It is not a checkpoint, or was cut short.");
        }

        var version = BitConverter.ToInt32(bytes, 8);
        if (version > Version)
        {
            return Result.Failure<Checkpoint>(new Diagnostic(
                CheckpointCodes.NewerVersion, SourceSpan.Whole(path), $"The checkpoint has format {version}; this program reads up to {Version}.", "Update marl."));
        }

        var length = BitConverter.ToInt64(bytes, 12);
        if (length != bytes.Length - HeaderLength - HashLength)
        {
            return Damaged(path, $"It says {length} bytes of state and holds {bytes.Length - HeaderLength - HashLength}.");
        }

        var payload = bytes.AsSpan(HeaderLength, (int)length);
        if (!SHA256.HashData(payload).AsSpan().SequenceEqual(bytes.AsSpan(HeaderLength + (int)length)))
        {
            return Damaged(path, "Its checksum does not fit its content.");
        }

        return Parse(payload.ToArray()) is { } checkpoint ? Result.Success(checkpoint) : Damaged(path, "Its content can't be understood.");
    }

    private static byte[] Payload(Checkpoint checkpoint)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        writer.Write(checkpoint.Pipeline);
        writer.Write(checkpoint.Seed);
        writer.Write(checkpoint.VectorSteps);
        writer.Write(checkpoint.EnvironmentSteps);
        var cells = checkpoint.Cells.ToDictionary();
        if (checkpoint.Observer is { } observer)
        {
            cells.Add(Observer, observer);
        }

        writer.Write(cells.Count);
        foreach (var (name, snapshot) in cells.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            writer.Write(name);
            writer.Write(snapshot.Entries.Count);
            foreach (var (key, bytes) in snapshot.Entries)
            {
                writer.Write(key);
                writer.Write(bytes.Length);
                writer.Write(bytes);
            }
        }

        writer.Flush();
        return buffer.ToArray();
    }

    private static Checkpoint? Parse(byte[] payload)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(payload));
            var (pipeline, seed, vectorSteps, steps) = (reader.ReadString(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
            var cells = new Dictionary<string, StageSnapshot>();
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                var (name, snapshot) = (reader.ReadString(), new StageSnapshot());
                for (var entries = reader.ReadInt32(); entries > 0; entries--)
                {
                    var key = reader.ReadString();
                    snapshot.PutBytes(key, reader.ReadBytes(reader.ReadInt32()));
                }

                cells.Add(name, snapshot);
            }

            cells.Remove(Observer, out var observer);
            return new(pipeline, seed, vectorSteps, steps, cells) { Observer = observer };
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            return null;
        }
    }

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder, "*" + Extension).OrderBy(f => f, StringComparer.Ordinal)];

    private static void Prune(string folder)
    {
        foreach (var old in Files(folder).SkipLast(Generations))
        {
            try
            {
                File.Delete(old);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // An old generation that stays does no harm.
            }
        }
    }

    private static Result<Checkpoint> Damaged(string path, string how) => Result.Failure<Checkpoint>(new Diagnostic(
        CheckpointCodes.Damaged,
        SourceSpan.Whole(path),
        $"The checkpoint is damaged: {how}",
        "Restore it from a copy, or start anew."));
}
