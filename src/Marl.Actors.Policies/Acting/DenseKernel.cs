using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Acting;

/// <summary>
/// y = f(W x + b) for a block of rows. Weights are transposed and padded: [inputs, stride] with stride a multiple of
/// <see cref="Multiple"/>. Every output is one chain of fused multiply-adds, begun with the bias, in the order of the inputs,
/// whatever the width of the registers, the number of rows and the row's place among them.
/// </summary>
/// <remarks>
/// Why not ONNX Runtime: it promises neither row invariance nor equal bits on other machines, is a native dependency, and is
/// not faster. 18-64-64-5, one thread, microseconds, Release, AMD EPYC with AVX-512, ONNX Runtime 1.31.1 with bound inputs
/// and outputs and weights as inputs; ours with 512-bit and with 256-bit registers:
/// <code>
/// batch                     1     8    64   128   384  1024
/// ReLU  ONNX Runtime      3.5   4.5   8.9  12.0  29.9  77.4
///       512 bits          0.3   0.6   4.5   8.8  26.3  73.4
///       256 bits          0.3   1.0   7.7  15.2  45.9 119.5
/// tanh  ONNX Runtime      2.6   4.4   8.8  14.6  37.3  93.7
///       512 bits          0.3   0.7   5.3  10.6  31.5  83.6
///       256 bits          0.3   1.2   9.7  19.3  57.4 151.4
/// </code>
/// (ONNX Runtime uses 512 bits here; it has no switch for less.)
/// </remarks>
internal abstract class DenseKernel
{
    /// <summary>Rows of packed weights and of activations are padded to a multiple of this many floats.</summary>
    public const int Multiple = 16;

    /// <summary>The kernel with the widest registers of this machine.</summary>
    public static DenseKernel Widest { get; } =
        Vector512.IsHardwareAccelerated ? new DenseKernel<Lanes512, Vector512<float>>()
        : Vector256.IsHardwareAccelerated ? new DenseKernel<Lanes256, Vector256<float>>()
        : new DenseKernel<Lanes128, Vector128<float>>();

    /// <summary>One layer.</summary>
    /// <param name="input">[rows, inputs], rows <paramref name="inputStride"/> floats apart.</param>
    /// <param name="inputStride">Floats from one input row to the next.</param>
    /// <param name="weight">[inputs, stride]: the transposed weight, padded.</param>
    /// <param name="bias">[stride], padded.</param>
    /// <param name="output">[rows, stride].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="inputs">Inputs.</param>
    /// <param name="activation">The nonlinearity; null for none.</param>
    public abstract void Layer(
        ReadOnlySpan<float> input, int inputStride, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> output, int rows, int inputs, Activation? activation);

    /// <summary>The next multiple of <see cref="Multiple"/>.</summary>
    public static int Padded(int width) => (width + Multiple - 1) / Multiple * Multiple;
}

/// <summary>The kernel over registers of one width, in tiles of four rows by two registers.</summary>
internal sealed class DenseKernel<TLanes, TVector> : DenseKernel
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // no slow first calls; tiers would compile it the same
    public override void Layer(
        ReadOnlySpan<float> input, int inputStride, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> output, int rows, int inputs, Activation? activation)
    {
        var stride = bias.Length;
        ArgumentOutOfRangeException.ThrowIfNotEqual(weight.Length, inputs * stride);
        ArgumentOutOfRangeException.ThrowIfNotEqual(stride % Multiple, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length, rows * stride);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputStride, inputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(input.Length, ((rows - 1) * inputStride) + inputs);

        ref var x = ref MemoryMarshal.GetReference(input);
        ref var w = ref MemoryMarshal.GetReference(weight);
        ref var b = ref MemoryMarshal.GetReference(bias);
        ref var y = ref MemoryMarshal.GetReference(output);
        var pair = 2 * TLanes.Width;
        for (nuint column = 0; column < (nuint)stride; column += pair)
        {
            var row = 0;
            var isPair = column + pair <= (nuint)stride;
            for (; row + 4 <= rows; row += 4)
            {
                ref var source = ref Unsafe.Add(ref x, row * inputStride);
                ref var target = ref Unsafe.Add(ref y, row * stride);
                if (isPair)
                {
                    FourByTwo(ref source, (nuint)inputStride, ref w, ref b, ref target, (nuint)stride, column, inputs);
                }
                else
                {
                    FourByOne(ref source, (nuint)inputStride, ref w, ref b, ref target, (nuint)stride, column, inputs);
                }
            }

            for (; row < rows; row++)
            {
                ref var source = ref Unsafe.Add(ref x, row * inputStride);
                ref var target = ref Unsafe.Add(ref y, row * stride);
                OneByTwo(ref source, ref w, ref b, ref target, (nuint)stride, column, isPair, inputs);
            }
        }

        Activate(ref y, (nuint)(rows * stride), activation);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByTwo(
        ref float x, nuint xStride, ref float w, ref float b, ref float y, nuint stride, nuint column, int inputs)
    {
        var width = TLanes.Width;
        ref var x1 = ref Unsafe.Add(ref x, xStride);
        ref var x2 = ref Unsafe.Add(ref x1, xStride);
        ref var x3 = ref Unsafe.Add(ref x2, xStride);
        var left = TLanes.Load(ref b, column);
        var right = TLanes.Load(ref b, column + width);
        var (a00, a01, a10, a11) = (left, right, left, right);
        var (a20, a21, a30, a31) = (left, right, left, right);
        var at = column;
        for (nuint k = 0; k < (nuint)inputs; k++, at += stride)
        {
            left = TLanes.Load(ref w, at);
            right = TLanes.Load(ref w, at + width);
            var v = TLanes.Broadcast(Unsafe.Add(ref x, k));
            a00 = TLanes.FusedMultiplyAdd(v, left, a00);
            a01 = TLanes.FusedMultiplyAdd(v, right, a01);
            v = TLanes.Broadcast(Unsafe.Add(ref x1, k));
            a10 = TLanes.FusedMultiplyAdd(v, left, a10);
            a11 = TLanes.FusedMultiplyAdd(v, right, a11);
            v = TLanes.Broadcast(Unsafe.Add(ref x2, k));
            a20 = TLanes.FusedMultiplyAdd(v, left, a20);
            a21 = TLanes.FusedMultiplyAdd(v, right, a21);
            v = TLanes.Broadcast(Unsafe.Add(ref x3, k));
            a30 = TLanes.FusedMultiplyAdd(v, left, a30);
            a31 = TLanes.FusedMultiplyAdd(v, right, a31);
        }

        TLanes.Store(a00, ref y, column);
        TLanes.Store(a01, ref y, column + width);
        TLanes.Store(a10, ref y, stride + column);
        TLanes.Store(a11, ref y, stride + column + width);
        TLanes.Store(a20, ref y, (2 * stride) + column);
        TLanes.Store(a21, ref y, (2 * stride) + column + width);
        TLanes.Store(a30, ref y, (3 * stride) + column);
        TLanes.Store(a31, ref y, (3 * stride) + column + width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByOne(
        ref float x, nuint xStride, ref float w, ref float b, ref float y, nuint stride, nuint column, int inputs)
    {
        ref var x1 = ref Unsafe.Add(ref x, xStride);
        ref var x2 = ref Unsafe.Add(ref x1, xStride);
        ref var x3 = ref Unsafe.Add(ref x2, xStride);
        var bias = TLanes.Load(ref b, column);
        var (a0, a1, a2, a3) = (bias, bias, bias, bias);
        var at = column;
        for (nuint k = 0; k < (nuint)inputs; k++, at += stride)
        {
            var weight = TLanes.Load(ref w, at);
            a0 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref x, k)), weight, a0);
            a1 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref x1, k)), weight, a1);
            a2 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref x2, k)), weight, a2);
            a3 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref x3, k)), weight, a3);
        }

        TLanes.Store(a0, ref y, column);
        TLanes.Store(a1, ref y, stride + column);
        TLanes.Store(a2, ref y, (2 * stride) + column);
        TLanes.Store(a3, ref y, (3 * stride) + column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneByTwo(
        ref float x, ref float w, ref float b, ref float y, nuint stride, nuint column, bool isPair, int inputs)
    {
        var second = isPair ? TLanes.Width : 0;
        var left = TLanes.Load(ref b, column);
        var right = TLanes.Load(ref b, column + second);
        var at = column;
        for (nuint k = 0; k < (nuint)inputs; k++, at += stride)
        {
            var v = TLanes.Broadcast(Unsafe.Add(ref x, k));
            left = TLanes.FusedMultiplyAdd(v, TLanes.Load(ref w, at), left);
            right = TLanes.FusedMultiplyAdd(v, TLanes.Load(ref w, at + second), right);
        }

        TLanes.Store(left, ref y, column);
        TLanes.Store(right, ref y, column + second);
    }

    /// <summary>
    /// The nonlinearity over a finished block. A sweep of its own, because a call (tanh) anywhere in a tile makes the compiler
    /// keep the tile's sums in memory: measured, three times slower.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Activate(ref float y, nuint length, Activation? activation)
    {
        if (activation == Activation.Relu)
        {
            var zero = TLanes.Broadcast(0);
            for (nuint i = 0; i < length; i += TLanes.Width)
            {
                TLanes.Store(TLanes.AtLeast(TLanes.Load(ref y, i), zero), ref y, i);
            }
        }
        else if (activation == Activation.Tanh)
        {
            for (nuint i = 0; i < length; i += TLanes.Width)
            {
                TLanes.Store(Elementary.Tanh<TLanes, TVector>(TLanes.Load(ref y, i)), ref y, i);
            }
        }
    }
}
