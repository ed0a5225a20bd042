using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Acting;

/// <summary>The recurrent unit of a <see cref="ForwardPass"/>: one step of a block of rows, without allocating.</summary>
internal sealed class RecurrentPass(RecurrentSpec unit, DenseKernel kernel)
{
    private readonly float[] inputWeight = new float[unit.Input.Inputs * 3 * DenseKernel.Padded(unit.Width)];
    private readonly float[] inputBias = new float[3 * DenseKernel.Padded(unit.Width)];
    private readonly float[] recurrentWeight = new float[unit.Width * 3 * DenseKernel.Padded(unit.Width)];
    private readonly float[] recurrentBias = new float[3 * DenseKernel.Padded(unit.Width)];

    /// <summary>Floats from one row of a result to the next.</summary>
    public int Stride { get; } = DenseKernel.Padded(unit.Width);

    /// <summary>Floats of scratch a row: both affine maps, and the state.</summary>
    public int RowScratch => 7 * Stride;

    /// <summary>Takes new parameters.</summary>
    public void Load(ReadOnlySpan<float> parameters)
    {
        RecurrentGates.Pack(parameters, unit.Input, inputWeight, inputBias);
        RecurrentGates.Pack(parameters, unit.Recurrent, recurrentWeight, recurrentBias);
    }

    /// <summary>Advances the memory by one step.</summary>
    /// <param name="inputs">[rows, inputs], rows <paramref name="inputStride"/> floats apart.</param>
    /// <param name="inputStride">Floats from one row to the next.</param>
    /// <param name="memory">[rows, width].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="scratch">[rows · <see cref="RowScratch"/>]: the result lies in it.</param>
    /// <returns>The new memory, [rows, <see cref="Stride"/>].</returns>
    public ReadOnlySpan<float> Step(ReadOnlySpan<float> inputs, int inputStride, Span<float> memory, int rows, Span<float> scratch)
    {
        var gates = scratch[..(rows * 3 * Stride)];
        var recurrent = scratch.Slice(gates.Length, gates.Length);
        var state = scratch.Slice(2 * gates.Length, rows * Stride);
        kernel.Layer(inputs, inputStride, inputWeight, inputBias, gates, rows, unit.Input.Inputs, null);
        kernel.Layer(memory, unit.Width, recurrentWeight, recurrentBias, recurrent, rows, unit.Width, null);
        for (var row = 0; row < rows; row++)
        {
            memory.Slice(row * unit.Width, unit.Width).CopyTo(state[(row * Stride)..]);
        }

        RecurrentGates.Widest.Step(gates, recurrent, state, state, rows, Stride);
        for (var row = 0; row < rows; row++)
        {
            state.Slice(row * Stride, unit.Width).CopyTo(memory[(row * unit.Width)..]);
        }

        return state;
    }
}
