using Marl.Actors.Learning.Networks;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>What a critic's network says at every position of a batch: [columns, positions].</summary>
/// <param name="network">Rows of the table to outputs; rows × outputs are the columns.</param>
/// <param name="table">What it sees.</param>
/// <param name="columns">How many there are.</param>
/// <param name="blockSteps">Positions computed at once.</param>
internal sealed class CriticValues(ITrainableNetwork network, InputTable table, int columns, int blockSteps) : IDisposable
{
    private float[] values = [];
    private int positions;

    /// <summary>Values of a column, [positions].</summary>
    public ReadOnlySpan<float> Column(int column) => values.AsSpan(column * positions, positions);

    /// <summary>Computes all of them, in the unit of the rewards.</summary>
    public void Evaluate(int count, ValueScale scale)
    {
        positions = count;
        if (values.Length < columns * positions)
        {
            values = new float[columns * positions];
        }

        for (var from = 0; from < positions; from += blockSteps)
        {
            var length = Math.Min(blockSteps, positions - from);
            table.Range(from, length).CopyTo(network.Inputs);
            var outputs = network.Forward(length * table.Rows);
            for (var i = 0; i < outputs.Length; i++)
            {
                var (position, column) = Math.DivRem(i, columns);
                values[(column * positions) + from + position] = outputs[i];
            }
        }

        scale.Denormalise(values.AsSpan(0, columns * positions));
    }

    public void Dispose() => network.Dispose();
}
