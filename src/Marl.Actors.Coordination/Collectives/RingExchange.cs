using Marl.Actors.Core.Messages;

namespace Marl.Actors.Coordination.Collectives;

/// <summary>
/// Each participant owns a piece of the block. Round 0: everybody sends each piece to its owner, who adds what has come from all
/// by the <see cref="ReductionTree"/>. Round 1: everybody sends its piece of the result to all. Each sends the block without its
/// own piece, and its own piece to n − 1 others: 2 (n − 1) / n blocks, as around a ring.
/// </summary>
/// <param name="self">Which participant, from 0.</param>
/// <param name="count">n.</param>
/// <param name="length">Floats in a block.</param>
/// <param name="reduction">Mean or sum.</param>
internal sealed class RingExchange(int self, int count, int length, Reduction reduction) : IExchange
{
    private readonly float[] parts = new float[count * (End(self, count, length) - Start(self, count, length))]; // of its own piece, by participant
    private readonly Memory<float>[] views = new Memory<float>[count];

    public int Rounds => 2;

    public int Over => count;

    public float[] Block { get; } = new float[length];

    public Memory<float> Says(int round, int to) => Piece(round == 0 ? to : self);

    public bool IsHeard(int round, int from) => Piece(round == 0 ? self : from).Length > 0;

    public void Hear(int round, int from, ReadOnlySpan<float> share) => share.CopyTo(round == 0 ? Part(from).Span : Piece(from).Span);

    public void End(int round)
    {
        if (round > 0)
        {
            return;
        }

        Piece(self).CopyTo(Part(self));
        for (var i = 0; i < count; i++)
        {
            views[i] = Part(i);
        }

        ReductionTree.Sum(views);
        if (reduction == Reduction.Mean)
        {
            ReductionTree.Divide(views[0].Span, count);
        }

        views[0].CopyTo(Piece(self));
    }

    private static int Start(int owner, int count, int length) => (int)((long)length * owner / count);

    private static int End(int owner, int count, int length) => Start(owner + 1, count, length);

    private Memory<float> Piece(int owner) => Block.AsMemory(Start(owner, count, length)..End(owner, count, length));

    private Memory<float> Part(int from) => parts.AsMemory(from * (parts.Length / count), parts.Length / count);
}
