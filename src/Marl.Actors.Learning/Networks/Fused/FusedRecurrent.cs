using System.Numerics;
using System.Runtime.InteropServices;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Learning.Networks.Fused;

/// <summary>
/// The recurrent unit of a <see cref="FusedNetwork"/> over consecutive moments, and back through them (Werbos: Backpropagation through
/// time, Proc. IEEE 78, 1990). What does not depend on the memory is one product over all moments.
/// </summary>
internal sealed class FusedRecurrent
{
    private readonly RecurrentSpec unit;
    private readonly FlatParameters parameters;
    private readonly int offset;
    private readonly MatrixKernel kernel;
    private readonly int stride;             // columns of one gate
    private readonly float[] inputWeight;    // [inputs, 3 · stride]
    private readonly float[] inputBias;
    private readonly float[] recurrentWeight; // [width, 3 · stride]
    private readonly float[] recurrentBias;
    private readonly float[] gates;          // [rows, 3 · stride]: r, z, n
    private readonly float[] kept;           // [rows, 3 · stride]: U h + c
    private readonly float[] before;         // [rows, stride]: memory before each moment
    private readonly float[] after;          // [rows, stride]: and after it
    private readonly bool[] forgets;         // [rows]: nothing is carried from the moment before
    private readonly float[] gateGradients;  // [rows, 3 · stride]: of W x + b
    private readonly float[] keptGradients;  // [rows, 3 · stride]: of U h + c
    private readonly float[] afterGradients; // [rows, stride]
    private readonly float[] carried;        // [rows of one moment, stride]: what later moments say of the memory
    private readonly float[] zeros;
    private readonly float[] one = [1];
    private int momentRows;

    public FusedRecurrent(RecurrentSpec unit, FlatParameters parameters, int offset, int rows, MatrixKernel kernel)
    {
        (this.unit, this.parameters, this.offset, this.kernel) = (unit, parameters, offset, kernel);
        stride = DenseKernel.Padded(unit.Width);
        (inputWeight, inputBias) = (Buffer(unit.Input.Inputs * 3 * stride), Buffer(3 * stride));
        (recurrentWeight, recurrentBias) = (Buffer(unit.Width * 3 * stride), Buffer(3 * stride));
        (gates, kept) = (Buffer(rows * 3 * stride), Buffer(rows * 3 * stride));
        (gateGradients, keptGradients) = (Buffer(rows * 3 * stride), Buffer(rows * 3 * stride));
        (before, after, forgets) = (Buffer(rows * stride), Buffer(rows * stride), new bool[rows]);
        (afterGradients, carried) = (Buffer(rows * stride), Buffer(rows * stride));
        zeros = Buffer(Math.Max(unit.Input.Inputs, unit.Width));
    }

    /// <summary>The memory after every moment: [rows, width].</summary>
    public Matrix After => new(ref after[0], stride);

    /// <summary>To fill before <see cref="Backward"/>: ∂loss/∂<see cref="After"/>.</summary>
    public Matrix AfterGradient => new(ref afterGradients[0], stride);

    /// <summary>Packs the weights.</summary>
    public void Refresh()
    {
        var values = parameters.Values[offset..];
        RecurrentGates.Pack(values, unit.Input, inputWeight, inputBias);
        RecurrentGates.Pack(values, unit.Recurrent, recurrentWeight, recurrentBias);
    }

    /// <summary>All moments: <paramref name="x"/> is [rows, inputs]; the others as in <see cref="ITrainableNetwork.Forward"/>.</summary>
    public void Forward(Matrix x, int rows, int steps, ReadOnlySpan<float> memory, ReadOnlySpan<bool> forgotten)
    {
        momentRows = rows / steps;
        forgets.AsSpan(0, rows).Clear();
        forgotten.CopyTo(forgets);
        kernel.Multiply(x, new(ref inputWeight[0], 3 * stride), new(ref inputBias[0], 0), new(ref gates[0], 3 * stride), rows, 3 * stride, unit.Input.Inputs);
        for (var step = 0; step < steps; step++)
        {
            var (wide, narrow) = (step * momentRows * 3 * stride, step * momentRows * stride);
            Remember(step, memory);
            kernel.Multiply(
                new(ref before[narrow], stride),
                new(ref recurrentWeight[0], 3 * stride),
                new(ref recurrentBias[0], 0),
                new(ref kept[wide], 3 * stride),
                momentRows,
                3 * stride,
                unit.Width);
            RecurrentGates.Widest.Step(
                gates.AsSpan(wide), kept.AsSpan(wide), before.AsSpan(narrow, momentRows * stride), after.AsSpan(narrow), momentRows, stride);
        }
    }

    /// <summary>Back through all moments, adding to the parameters' gradients where those are wanted.</summary>
    /// <param name="x">As in <see cref="Forward"/>.</param>
    /// <param name="inputGradients">To fill: ∂loss/∂x, if it is wanted.</param>
    /// <param name="isWanted">It is.</param>
    /// <param name="isLearning">The parameters' gradients are wanted.</param>
    /// <param name="rows">As in <see cref="Forward"/>.</param>
    /// <param name="steps">As in <see cref="Forward"/>.</param>
    public void Backward(Matrix x, Matrix inputGradients, bool isWanted, bool isLearning, int rows, int steps)
    {
        carried.AsSpan(0, momentRows * stride).Clear();
        for (var step = steps - 1; step >= 0; step--)
        {
            Moment(step);
            Gates(new(ref keptGradients[step * momentRows * 3 * stride], 3 * stride), unit.Recurrent, new(ref carried[0], stride), momentRows, isAdded: true);
            Forget(step);
        }

        if (isLearning)
        {
            Collect(gateGradients, x, unit.Input, rows);
            Collect(keptGradients, new(ref before[0], stride), unit.Recurrent, rows);
        }

        if (isWanted)
        {
            Gates(new(ref gateGradients[0], 3 * stride), unit.Input, inputGradients, rows, isAdded: false);
        }
    }

    /// <summary>What is remembered before a moment: what it was after the one before, unless that is forgotten.</summary>
    private void Remember(int step, ReadOnlySpan<float> memory)
    {
        for (var row = 0; row < momentRows; row++)
        {
            var place = (step * momentRows) + row;
            var target = before.AsSpan(place * stride, stride);
            if (forgets[place] || (step == 0 && memory.IsEmpty))
            {
                target.Clear();
            }
            else if (step == 0)
            {
                memory.Slice(row * unit.Width, unit.Width).CopyTo(target);
            }
            else
            {
                after.AsSpan((place - momentRows) * stride, stride).CopyTo(target);
            }
        }
    }

    /// <summary>What is forgotten gets no blame.</summary>
    private void Forget(int step)
    {
        for (var row = 0; row < momentRows; row++)
        {
            if (forgets[(step * momentRows) + row])
            {
                carried.AsSpan(row * stride, stride).Clear();
            }
        }
    }

    private static float[] Buffer(int length) => new float[length + MatrixKernel.Slack];

    /// <summary>
    /// With d = ∂loss/∂h′ (this moment's own and what later ones say): ∂n = d (1 − z) (1 − n²), ∂z = d (h − n) z (1 − z),
    /// ∂r = ∂n (U_n h + c_n) r (1 − r); U_n h + c_n gets ∂n r, and h directly d z.
    /// </summary>
    private void Moment(int step)
    {
        var ones = Vector<float>.One;
        for (var row = 0; row < momentRows; row++)
        {
            var place = (step * momentRows) + row;
            var gate = Lanes(gates, place * 3 * stride, 3 * stride);
            var keep = Lanes(kept, place * 3 * stride, 3 * stride);
            var memory = Lanes(before, place * stride, stride);
            var own = Lanes(afterGradients, place * stride, stride);
            var later = Lanes(carried, row * stride, stride);
            var given = Lanes(gateGradients, place * 3 * stride, 3 * stride);
            var back = Lanes(keptGradients, place * 3 * stride, 3 * stride);
            var count = memory.Length;
            for (var i = 0; i < count; i++)
            {
                var (r, z, n) = (gate[i], gate[count + i], gate[(2 * count) + i]);
                var d = own[i] + later[i];
                var proposal = d * (ones - z) * (ones - (n * n));
                var update = d * (memory[i] - n) * z * (ones - z);
                var reset = proposal * keep[(2 * count) + i] * r * (ones - r);
                (given[i], given[count + i], given[(2 * count) + i]) = (reset, update, proposal);
                (back[i], back[count + i], back[(2 * count) + i]) = (reset, update, proposal * r);
                later[i] = d * z;
            }
        }
    }

    private static Span<Vector<float>> Lanes(float[] table, int at, int length) => MemoryMarshal.Cast<float, Vector<float>>(table.AsSpan(at, length));

    /// <summary>target (+)= Σ over gates of their gradients times the map's weight.</summary>
    private void Gates(Matrix gradients, LayerSpec map, Matrix target, int rows, bool isAdded)
    {
        for (var gate = 0; gate < 3; gate++)
        {
            var part = new Matrix(ref System.Runtime.CompilerServices.Unsafe.Add(ref gradients.Origin, gate * stride), gradients.RowStride);
            var weight = new Matrix(ref parameters.ValueArray[offset + map.Offset + (gate * unit.Width * map.Inputs)], map.Inputs);
            kernel.Multiply(part, weight, isAdded || gate > 0 ? target : new(ref zeros[0], 0), target, rows, map.Inputs, unit.Width);
        }
    }

    /// <summary>The map's gradients: ∂W += gradientᵀ x, ∂b += Σ rows.</summary>
    private void Collect(float[] gradients, Matrix x, LayerSpec map, int rows)
    {
        for (var gate = 0; gate < 3; gate++)
        {
            var part = new Matrix(ref gradients[gate * stride], 3 * stride);
            var weight = new Matrix(ref parameters.GradientArray[offset + map.Offset + (gate * unit.Width * map.Inputs)], map.Inputs);
            var bias = new Matrix(ref parameters.GradientArray[offset + map.Bias + (gate * unit.Width)], 0);
            kernel.Multiply(part.Transposed, x, weight, weight, unit.Width, map.Inputs, rows);
            kernel.Multiply(new(ref one[0], 0, 0), part, bias, bias, 1, unit.Width, rows);
        }
    }
}
