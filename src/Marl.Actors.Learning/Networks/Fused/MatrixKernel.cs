using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Learning.Networks.Fused;

/// <summary>
/// C = S + A B. Every entry of C is one chain of fused multiply-adds over the inner index, begun with S, so that neither the
/// width of the registers nor the tiling changes a bit.
/// </summary>
internal abstract class MatrixKernel
{
    /// <summary>B, C and S are read up to this many floats beyond their last entry; buffers must be that much longer.</summary>
    public const int Slack = 64;

    /// <summary>The kernel with the widest registers of this machine.</summary>
    public static MatrixKernel Widest { get; } =
        Vector512.IsHardwareAccelerated ? new MatrixKernel<Lanes512, Vector512<float>>()
        : Vector256.IsHardwareAccelerated ? new MatrixKernel<Lanes256, Vector256<float>>()
        : new MatrixKernel<Lanes128, Vector128<float>>();

    /// <summary>One product.</summary>
    /// <param name="a">[rows, inner], any strides.</param>
    /// <param name="b">[inner, columns], columns adjacent.</param>
    /// <param name="start">S: [rows, columns], columns adjacent; may be C itself (to add to it), or one row repeated (a bias).</param>
    /// <param name="c">[rows, columns], columns adjacent.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="columns">Columns of B and C.</param>
    /// <param name="inner">Columns of A, rows of B.</param>
    public abstract void Multiply(Matrix a, Matrix b, Matrix start, Matrix c, int rows, int columns, int inner);

    /// <summary>y ← y + the sum of the rows of A, one after the other.</summary>
    /// <param name="a">[rows, columns], columns adjacent; read up to <see cref="Slack"/> beyond its last entry.</param>
    /// <param name="y">[columns].</param>
    /// <param name="rows">Rows of A.</param>
    /// <param name="columns">Columns of A.</param>
    public abstract void AddRows(Matrix a, ref float y, int rows, int columns);

    /// <summary>x ← f(x).</summary>
    /// <param name="x">A multiple of <see cref="DenseKernel.Multiple"/> floats.</param>
    /// <param name="activation">f.</param>
    public abstract void Activate(Span<float> x, Activation activation);

    /// <summary>g ← g f′(x), from y = f(x): f′ is 1[y &gt; 0] or 1 − y².</summary>
    /// <param name="gradients">g.</param>
    /// <param name="outputs">y, as many.</param>
    /// <param name="activation">f.</param>
    public static void Differentiate(Span<float> gradients, ReadOnlySpan<float> outputs, Activation activation)
    {
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        var y = MemoryMarshal.Cast<float, Vector<float>>(outputs);
        for (var i = 0; i < g.Length; i++)
        {
            g[i] = activation == Activation.Relu
                ? Vector.ConditionalSelect(Vector.GreaterThan(y[i], Vector<float>.Zero), g[i], Vector<float>.Zero)
                : g[i] * (Vector<float>.One - (y[i] * y[i]));
        }
    }
}

/// <summary>A block of floats in memory as a matrix: entry (i, j) lies at i · RowStride + j · ColumnStride.</summary>
internal readonly ref struct Matrix
{
    /// <summary>The first entry.</summary>
    public readonly ref float Origin;

    /// <summary>Floats from one row to the next; 0 repeats one row.</summary>
    public readonly nint RowStride;

    /// <summary>Floats from one column to the next.</summary>
    public readonly nint ColumnStride;

    public Matrix(ref float origin, nint rowStride, nint columnStride = 1)
    {
        Origin = ref origin;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    /// <summary>The rows from one on.</summary>
    public Matrix From(int row) => new(ref Unsafe.Add(ref Origin, RowStride * row), RowStride, ColumnStride);

    /// <summary>Rows and columns exchanged, without moving anything.</summary>
    public Matrix Transposed => new(ref Origin, ColumnStride, RowStride);
}
