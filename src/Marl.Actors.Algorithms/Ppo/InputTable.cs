using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>What networks see at every position of a batch: [positions, rows, width], a few rows a position.</summary>
/// <param name="rows">Rows at each position: agents that are looked at one by one, or 1.</param>
/// <param name="width">Floats in a row.</param>
internal abstract class InputTable(int rows, int width)
{
    private float[] data = [];

    /// <summary>Rows at each position.</summary>
    public int Rows { get; } = rows;

    /// <summary>Floats at each position.</summary>
    public int Stride { get; } = rows * width;

    /// <summary>Takes a batch over.</summary>
    public void Fill(Batch batch)
    {
        var length = batch.Positions * Stride;
        if (data.Length < length)
        {
            data = new float[length];
        }

        Fill(batch, data.AsSpan(0, length));
    }

    /// <summary>Copies some rows, in their order: position · rows + row.</summary>
    public void Gather(ReadOnlySpan<int> rows, Span<float> target) => Gather(data, width, rows, target);

    /// <summary>What is seen at <paramref name="count"/> positions from one on: [count, rows, width].</summary>
    public ReadOnlySpan<float> Range(int first, int count) => data.AsSpan(first * Stride, count * Stride);

    /// <summary>Copies some rows of a table, in their order.</summary>
    /// <param name="table">[·, width].</param>
    /// <param name="width">Floats in a row.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="target">To fill: [rows, width].</param>
    public static void Gather(ReadOnlySpan<float> table, int width, ReadOnlySpan<int> rows, Span<float> target)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            table.Slice(rows[i] * width, width).CopyTo(target[(i * width)..]);
        }
    }

    protected abstract void Fill(Batch batch, Span<float> target);
}

/// <summary>What some agents that share a policy see themselves, and who they are where they are told: a row an agent.</summary>
internal sealed class ObservationTable(int[] agents, PolicySpec policy) : InputTable(agents.Length, policy.Network.Inputs)
{
    private readonly int width = policy.Observation.Width;

    protected override void Fill(Batch batch, Span<float> target)
    {
        for (var row = 0; row < agents.Length; row++)
        {
            var agent = agents[row];
            var rows = target[(row * policy.Network.Inputs)..];
            rows = Copy(row, batch[agent, RolloutMessages.Observation], rows);
            rows = Copy(row, batch[agent, RolloutMessages.NextObservation], rows);
            CopyEnds(batch, row, rows);
        }
    }

    /// <summary>Copies what an agent saw last; where nothing ended for it, nobody looks at its row.</summary>
    private void CopyEnds(Batch batch, int row, Span<float> target)
    {
        var agent = agents[row];
        var source = batch[agent, RolloutMessages.FinalObservation];
        for (var i = 0; i < source.Length / width; i++)
        {
            ObservationRows.Write(policy, row, source.Slice(i * width, width), target[(batch.EndOf(agent, i) * Stride)..]);
        }
    }

    /// <summary>Copies an agent's rows, one to each position, and returns the rest of the table.</summary>
    private Span<float> Copy(int row, ReadOnlySpan<float> source, Span<float> target)
    {
        var count = source.Length / width;
        ObservationRows.Write(policy, row, source, target, Stride);
        return target[Math.Min(count * Stride, target.Length)..];
    }
}

/// <summary>What the world shows a centralised critic: one row a position, or one an agent.</summary>
internal sealed class StateTable(int rows, int width) : InputTable(rows, width)
{
    protected override void Fill(Batch batch, Span<float> target)
    {
        var block = batch.Copies * Stride;
        var length = batch.Steps / batch.Copies;
        for (var t = 0; t <= length; t++)
        {
            batch.State(t)[StateMessages.State].CopyTo(target.Slice(t * block, block));
        }

        var finals = target[((length + 1) * block)..];
        var indexes = batch.FinalIndexes;
        for (var i = 0; i < indexes.Length; i++)
        {
            var (t, copy) = Math.DivRem((int)indexes[i], batch.Copies);
            var last = batch.State(t + 1)[StateMessages.FinalState];
            if (last.Length > 0) // only a life ended there, which has no value beyond
            {
                last.Slice(copy * Stride, Stride).CopyTo(finals[(i * Stride)..]);
            }
        }
    }
}
