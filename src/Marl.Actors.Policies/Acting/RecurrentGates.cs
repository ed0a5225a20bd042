using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Acting;

/// <summary>
/// The pointwise part of a recurrent unit (<see cref="RecurrentSpec"/>): from the two affine maps to the new memory. σ(x) is computed as
/// ½ + ½ tanh(x / 2), so that the same bits come out on every machine.
/// </summary>
internal abstract class RecurrentGates
{
    /// <summary>The gates with the widest registers of this machine.</summary>
    public static RecurrentGates Widest { get; } =
        Vector512.IsHardwareAccelerated ? new RecurrentGates<Lanes512, Vector512<float>>()
        : Vector256.IsHardwareAccelerated ? new RecurrentGates<Lanes256, Vector256<float>>()
        : new RecurrentGates<Lanes128, Vector128<float>>();

    /// <summary>One step of some rows; each gate has <paramref name="stride"/> columns, a multiple of <see cref="DenseKernel.Multiple"/>.</summary>
    /// <param name="gates">[rows, 3 · stride]: W x + b of r, z, n. Afterwards r, z, n themselves.</param>
    /// <param name="recurrent">[rows, 3 · stride]: U h + c.</param>
    /// <param name="before">[rows, stride]: h.</param>
    /// <param name="after">To fill: [rows, stride], h′; may be <paramref name="before"/>.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="stride">Columns of a gate.</param>
    public abstract void Step(Span<float> gates, ReadOnlySpan<float> recurrent, ReadOnlySpan<float> before, Span<float> after, int rows, int stride);

    /// <summary>The packed form of one of the unit's maps: each gate's columns padded.</summary>
    /// <param name="parameters">The flat vector.</param>
    /// <param name="map">The map, [3 · width, inputs].</param>
    /// <param name="weight">To fill: [inputs, 3 · stride].</param>
    /// <param name="bias">To fill: [3 · stride].</param>
    public static void Pack(ReadOnlySpan<float> parameters, LayerSpec map, Span<float> weight, Span<float> bias)
    {
        var (width, stride) = (map.Outputs / 3, DenseKernel.Padded(map.Outputs / 3));
        for (var output = 0; output < map.Outputs; output++)
        {
            var column = ((output / width) * stride) + (output % width);
            var row = parameters.Slice(map.Offset + (output * map.Inputs), map.Inputs);
            for (var input = 0; input < row.Length; input++)
            {
                weight[(input * 3 * stride) + column] = row[input];
            }

            bias[column] = parameters[map.Bias + output];
        }
    }
}

/// <summary>The gates over registers of one width.</summary>
internal sealed class RecurrentGates<TLanes, TVector> : RecurrentGates
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Step(Span<float> gates, ReadOnlySpan<float> recurrent, ReadOnlySpan<float> before, Span<float> after, int rows, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(gates.Length, rows * 3 * stride);
        ArgumentOutOfRangeException.ThrowIfLessThan(recurrent.Length, rows * 3 * stride);
        ArgumentOutOfRangeException.ThrowIfLessThan(before.Length, rows * stride);
        ArgumentOutOfRangeException.ThrowIfLessThan(after.Length, rows * stride);
        ref var g = ref MemoryMarshal.GetReference(gates);
        ref var u = ref MemoryMarshal.GetReference(recurrent);
        ref var h = ref MemoryMarshal.GetReference(before);
        ref var y = ref MemoryMarshal.GetReference(after);
        var (one, minus) = (TLanes.Broadcast(1), TLanes.Broadcast(-1));
        for (var row = 0; row < rows; row++)
        {
            var (left, right) = ((nuint)(row * 3 * stride), (nuint)(row * stride));
            for (nuint column = 0; column < (nuint)stride; column += TLanes.Width)
            {
                var (atR, atZ, atN) = (left + column, left + (nuint)stride + column, left + (2 * (nuint)stride) + column);
                var r = Sigmoid(TLanes.FusedMultiplyAdd(TLanes.Load(ref g, atR), one, TLanes.Load(ref u, atR)));
                var z = Sigmoid(TLanes.FusedMultiplyAdd(TLanes.Load(ref g, atZ), one, TLanes.Load(ref u, atZ)));
                var n = Elementary.Tanh<TLanes, TVector>(TLanes.FusedMultiplyAdd(r, TLanes.Load(ref u, atN), TLanes.Load(ref g, atN)));
                var difference = TLanes.FusedMultiplyAdd(n, minus, TLanes.Load(ref h, right + column));
                TLanes.Store(TLanes.FusedMultiplyAdd(z, difference, n), ref y, right + column);
                TLanes.Store(r, ref g, atR);
                TLanes.Store(z, ref g, atZ);
                TLanes.Store(n, ref g, atN);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sigmoid(TVector x)
    {
        var half = TLanes.Broadcast(0.5f);
        return TLanes.FusedMultiplyAdd(Elementary.Tanh<TLanes, TVector>(TLanes.Multiply(x, half)), half, half);
    }
}
