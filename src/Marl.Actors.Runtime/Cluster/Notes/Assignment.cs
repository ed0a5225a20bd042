using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Notes;

/// <summary>A pipeline as it travels: compiled, so that a node with other components notices, and what is said in its place.</summary>
/// <param name="Compiled">What <see cref="Pipelines.Compiled.CompiledPipeline.Write"/> gave.</param>
/// <param name="Overrides">What the submitter says in the file's place.</param>
public sealed record PipelineSource(ReadOnlyMemory<byte> Compiled, BindingOverrides Overrides);

/// <summary>Whether a host records what its cells send.</summary>
internal enum Recording : byte
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Digests, and some messages.</summary>
    Thinned,

    /// <summary>Digests, and every message.</summary>
    Full,
}

/// <summary>All that a host needs to make its cells.</summary>
/// <param name="Source">The pipeline.</param>
/// <param name="Owners">The participant that hosts a cell, by cell.</param>
/// <param name="Observed">Output ports that the leader wants to see: stage and port.</param>
/// <param name="Recording">Whether what flows is recorded.</param>
/// <param name="ChecksSignatures">Holds stages to their signatures.</param>
internal sealed record Assignment(PipelineSource Source, Values<int> Owners, Values<(string Stage, string Port)> Observed, Recording Recording, bool ChecksSignatures)
{
    private const int MostCells = 1 << 20;

    public byte[] Write()
    {
        var writer = new WireWriter();
        writer.Bytes(Source.Compiled.Span);
        Write(writer, Source.Overrides);
        writer.Small(Owners.Count);
        foreach (var owner in Owners)
        {
            writer.Int(owner);
        }

        writer.Small(Observed.Count);
        foreach (var (stage, port) in Observed)
        {
            writer.Text(stage);
            writer.Text(port);
        }

        writer.Byte((byte)Recording);
        writer.Flag(ChecksSignatures);
        return writer.ToArray();
    }

    public static Assignment Read(byte[] body)
    {
        var reader = new WireReader(body);
        var source = new PipelineSource(reader.Bytes(int.MaxValue), ReadOverrides(reader));
        var owners = new int[reader.Count(MostCells, 4)];
        for (var i = 0; i < owners.Length; i++)
        {
            owners[i] = reader.Int();
        }

        var observed = new (string, string)[reader.Count(MostCells, 2)];
        for (var i = 0; i < observed.Length; i++)
        {
            observed[i] = (reader.Text(), reader.Text());
        }

        return new(source, [.. owners], [.. observed], (Recording)reader.Byte(), reader.Flag());
    }

    private static void Write(WireWriter writer, BindingOverrides overrides)
    {
        writer.Small(overrides.Parameters.Count);
        foreach (var (name, value) in overrides.Parameters)
        {
            writer.Text(name);
            writer.Text(value);
        }

        foreach (var number in (long?[])[overrides.Seed, overrides.StopSteps, overrides.EvaluationEpisodes, overrides.EvaluationEvery, overrides.CheckpointEvery])
        {
            writer.Flag(number is not null);
            writer.Long(number ?? 0);
        }
    }

    private static BindingOverrides ReadOverrides(WireReader reader)
    {
        var parameters = new (string, string)[reader.Count(MostCells, 2)];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = (reader.Text(), reader.Text());
        }

        return new()
        {
            Parameters = [.. parameters],
            Seed = Number(reader),
            StopSteps = Number(reader),
            EvaluationEpisodes = (int?)Number(reader),
            EvaluationEvery = Number(reader),
            CheckpointEvery = Number(reader),
        };
    }

    private static long? Number(WireReader reader)
    {
        var isGiven = reader.Flag();
        var number = reader.Long();
        return isGiven ? number : null;
    }
}
