using Marl.Actors.Core.Options;

namespace Marl.Actors.Coordination.Collectives;

/// <summary>What becomes of the parts.</summary>
public enum Reduction
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,
}

/// <summary>Which way the parts go. Both add in the order of the fixed tree, so that the result is the same to the bit.</summary>
public enum AllReduceAlgorithm
{
    /// <summary>
    /// In two rounds: each participant owns a piece, gets it from all others, adds, and gives them the sum. As many bytes as
    /// around a ring, 2 (n − 1) / n blocks from each, and the fewest there can be; but a ring adds each piece in an order of its
    /// own, so the pieces go straight to their owners, who wait for all and add by the tree.
    /// </summary>
    Ring,

    /// <summary>In 2 log₂ n rounds: whole blocks up the tree to the first participant, and back down. n − 1 blocks each way in all.</summary>
    Tree,
}

/// <summary>Options of <c>collective/all-reduce</c>.</summary>
/// <param name="Algorithm">The way.</param>
/// <param name="Reduction">Mean or sum.</param>
public sealed record AllReduceOptions(
    [Option("Which way the parts go: ring (each participant adds a piece of its own; 2 (n − 1) / n blocks from each) or tree (whole blocks up to the first and back). Equal to the bit.")] AllReduceAlgorithm Algorithm = AllReduceAlgorithm.Ring,
    [Option("What becomes of the parts: their mean or their sum.")] Reduction Reduction = Reduction.Mean);

/// <summary>Options of <c>collective/reduce</c>.</summary>
/// <param name="Reduction">Mean or sum.</param>
public sealed record ReduceOptions([Option("What becomes of the parts: their mean or their sum.")] Reduction Reduction = Reduction.Mean);
