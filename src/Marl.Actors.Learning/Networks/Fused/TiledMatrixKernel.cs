using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Learning.Networks.Fused;

/// <summary>
/// The kernel over registers of one width. With 32 registers of 16 lanes, tiles of four rows by four registers do 16
/// multiply-adds for 8 loads; elsewhere, and for narrow matrices, tiles of eight rows by one register fit 16 registers.
/// </summary>
internal sealed class MatrixKernel<TLanes, TVector> : MatrixKernel
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private const int Rows = 8;

    private static int Width => (int)TLanes.Width;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // no slow first calls; tiers would compile it the same
    public override void Multiply(Matrix a, Matrix b, Matrix start, Matrix c, int rows, int columns, int inner)
    {
        Span<float> lanes = stackalloc float[Rows * DenseKernel.Multiple];
        for (var column = 0; column < columns;)
        {
            var isWide = Width == DenseKernel.Multiple && column + (4 * Width) <= columns;
            for (var row = 0; row < rows; row += isWide ? 4 : Rows)
            {
                var tile = new Tile(row, rows - 1, column);
                if (isWide)
                {
                    FourByFour(a, b, start, c, tile, inner);
                }
                else
                {
                    EightByOne(a, b, start, tile, inner, ref lanes[0]);
                    CopyColumns(lanes, c, tile, Math.Min(columns - column, Width));
                }
            }

            column += isWide ? 4 * Width : Width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddRows(Matrix a, ref float y, int rows, int columns)
    {
        Span<float> padded = stackalloc float[DenseKernel.Multiple];
        for (var column = 0; column < columns; column += Width)
        {
            ref var x = ref Unsafe.Add(ref a.Origin, column);
            var count = Math.Min(Width, columns - column);
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref y, column), count).CopyTo(padded);
            var sum = TLanes.Load(ref padded[0], 0);
            for (var row = 0; row < rows; row++)
            {
                sum = TLanes.FusedMultiplyAdd(TLanes.Broadcast(1), TLanes.Load(ref x, 0), sum);
                x = ref Unsafe.Add(ref x, a.RowStride);
            }

            TLanes.Store(sum, ref padded[0], 0);
            padded[..count].CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, column), count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Activate(Span<float> x, Activation activation)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length % DenseKernel.Multiple, 0);
        ref var origin = ref MemoryMarshal.GetReference(x);
        for (nuint i = 0; i < (nuint)x.Length; i += TLanes.Width)
        {
            var value = TLanes.Load(ref origin, i);
            TLanes.Store(activation == Activation.Relu ? TLanes.AtLeast(value, TLanes.Broadcast(0)) : Elementary.Tanh<TLanes, TVector>(value), ref origin, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByFour(Matrix a, Matrix b, Matrix start, Matrix c, Tile tile, int inner)
    {
        var w = TLanes.Width;
        ref var x0 = ref tile.Row(a, 0);
        ref var x1 = ref tile.Row(a, 1);
        ref var x2 = ref tile.Row(a, 2);
        ref var x3 = ref tile.Row(a, 3);
        ref var s = ref tile.At(start, 0);
        var (c00, c01, c02, c03) = (TLanes.Load(ref s, 0), TLanes.Load(ref s, w), TLanes.Load(ref s, 2 * w), TLanes.Load(ref s, 3 * w));
        s = ref tile.At(start, 1);
        var (c10, c11, c12, c13) = (TLanes.Load(ref s, 0), TLanes.Load(ref s, w), TLanes.Load(ref s, 2 * w), TLanes.Load(ref s, 3 * w));
        s = ref tile.At(start, 2);
        var (c20, c21, c22, c23) = (TLanes.Load(ref s, 0), TLanes.Load(ref s, w), TLanes.Load(ref s, 2 * w), TLanes.Load(ref s, 3 * w));
        s = ref tile.At(start, 3);
        var (c30, c31, c32, c33) = (TLanes.Load(ref s, 0), TLanes.Load(ref s, w), TLanes.Load(ref s, 2 * w), TLanes.Load(ref s, 3 * w));
        ref var y = ref Unsafe.Add(ref b.Origin, tile.Column);
        nint at = 0;
        for (var k = 0; k < inner; k++)
        {
            var (y0, y1, y2, y3) = (TLanes.Load(ref y, 0), TLanes.Load(ref y, w), TLanes.Load(ref y, 2 * w), TLanes.Load(ref y, 3 * w));
            var v = TLanes.Broadcast(Unsafe.Add(ref x0, at));
            c00 = TLanes.FusedMultiplyAdd(v, y0, c00);
            c01 = TLanes.FusedMultiplyAdd(v, y1, c01);
            c02 = TLanes.FusedMultiplyAdd(v, y2, c02);
            c03 = TLanes.FusedMultiplyAdd(v, y3, c03);
            v = TLanes.Broadcast(Unsafe.Add(ref x1, at));
            c10 = TLanes.FusedMultiplyAdd(v, y0, c10);
            c11 = TLanes.FusedMultiplyAdd(v, y1, c11);
            c12 = TLanes.FusedMultiplyAdd(v, y2, c12);
            c13 = TLanes.FusedMultiplyAdd(v, y3, c13);
            v = TLanes.Broadcast(Unsafe.Add(ref x2, at));
            c20 = TLanes.FusedMultiplyAdd(v, y0, c20);
            c21 = TLanes.FusedMultiplyAdd(v, y1, c21);
            c22 = TLanes.FusedMultiplyAdd(v, y2, c22);
            c23 = TLanes.FusedMultiplyAdd(v, y3, c23);
            v = TLanes.Broadcast(Unsafe.Add(ref x3, at));
            c30 = TLanes.FusedMultiplyAdd(v, y0, c30);
            c31 = TLanes.FusedMultiplyAdd(v, y1, c31);
            c32 = TLanes.FusedMultiplyAdd(v, y2, c32);
            c33 = TLanes.FusedMultiplyAdd(v, y3, c33);
            at += a.ColumnStride;
            y = ref Unsafe.Add(ref y, b.RowStride);
        }

        Store(c00, c01, c02, c03, ref tile.At(c, 0));
        Store(c10, c11, c12, c13, ref tile.At(c, 1));
        Store(c20, c21, c22, c23, ref tile.At(c, 2));
        Store(c30, c31, c32, c33, ref tile.At(c, 3));
    }

    /// <summary>Leaves the tile in <paramref name="lanes"/>, row after row: a call or a branch behind the loop would have the registers spilled inside it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightByOne(Matrix a, Matrix b, Matrix start, Tile tile, int inner, ref float lanes)
    {
        ref var x0 = ref tile.Row(a, 0);
        ref var x1 = ref tile.Row(a, 1);
        ref var x2 = ref tile.Row(a, 2);
        ref var x3 = ref tile.Row(a, 3);
        ref var x4 = ref tile.Row(a, 4);
        ref var x5 = ref tile.Row(a, 5);
        ref var x6 = ref tile.Row(a, 6);
        ref var x7 = ref tile.Row(a, 7);
        var c0 = TLanes.Load(ref tile.At(start, 0), 0);
        var c1 = TLanes.Load(ref tile.At(start, 1), 0);
        var c2 = TLanes.Load(ref tile.At(start, 2), 0);
        var c3 = TLanes.Load(ref tile.At(start, 3), 0);
        var c4 = TLanes.Load(ref tile.At(start, 4), 0);
        var c5 = TLanes.Load(ref tile.At(start, 5), 0);
        var c6 = TLanes.Load(ref tile.At(start, 6), 0);
        var c7 = TLanes.Load(ref tile.At(start, 7), 0);
        ref var y = ref Unsafe.Add(ref b.Origin, tile.Column);
        nint at = 0;
        for (var k = 0; k < inner; k++)
        {
            var v = TLanes.Load(ref y, 0);
            c0 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref x0, at)), v, c0);
            c1 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref x1, at)), v, c1);
            c2 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref x2, at)), v, c2);
            c3 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref x3, at)), v, c3);
            c4 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref x4, at)), v, c4);
            c5 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref x5, at)), v, c5);
            c6 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref x6, at)), v, c6);
            c7 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref x7, at)), v, c7);
            at += a.ColumnStride;
            y = ref Unsafe.Add(ref y, b.RowStride);
        }

        TLanes.Store(c0, ref lanes, 0);
        TLanes.Store(c1, ref lanes, TLanes.Width);
        TLanes.Store(c2, ref lanes, 2 * TLanes.Width);
        TLanes.Store(c3, ref lanes, 3 * TLanes.Width);
        TLanes.Store(c4, ref lanes, 4 * TLanes.Width);
        TLanes.Store(c5, ref lanes, 5 * TLanes.Width);
        TLanes.Store(c6, ref lanes, 6 * TLanes.Width);
        TLanes.Store(c7, ref lanes, 7 * TLanes.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector v0, TVector v1, TVector v2, TVector v3, ref float target)
    {
        var w = TLanes.Width;
        TLanes.Store(v0, ref target, 0);
        TLanes.Store(v1, ref target, w);
        TLanes.Store(v2, ref target, 2 * w);
        TLanes.Store(v3, ref target, 3 * w);
    }

    /// <summary>Copies the first columns of each lane row; what lies behind the last column of C stays as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyColumns(ReadOnlySpan<float> lanes, Matrix c, Tile tile, int columns)
    {
        for (var row = 0; row < Rows; row++)
        {
            ref var target = ref tile.At(c, row);
            ref readonly var source = ref lanes[row * Width];
            if (columns == Width)
            {
                TLanes.Store(TLanes.Load(in source, 0), ref target, 0);
                continue;
            }

            for (var column = 0; column < columns; column++)
            {
                Unsafe.Add(ref target, column) = Unsafe.Add(ref Unsafe.AsRef(in source), column);
            }
        }
    }

    /// <summary>
    /// Where a tile begins. Rows beyond the last stand for the last one: it is computed more than once, from what was there
    /// before, and stored more than once, the same each time.
    /// </summary>
    private readonly record struct Tile(int First, int Last, int Column)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ref float Row(Matrix matrix, int row) =>
            ref Unsafe.Add(ref matrix.Origin, matrix.RowStride * Math.Min(First + row, Last));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ref float At(Matrix matrix, int row) => ref Unsafe.Add(ref Row(matrix, row), Column);
    }
}
