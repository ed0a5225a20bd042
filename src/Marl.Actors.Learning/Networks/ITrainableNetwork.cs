using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Learning.Networks;

/// <summary>
/// A network whose parameters can be improved: it lies in a <see cref="FlatParameters"/> at some offset, is evaluated for a
/// block of rows, and carries the loss's gradient at its outputs back to its parameters. Not thread-safe; two networks at
/// disjoint offsets may work at the same time.
/// </summary>
public interface ITrainableNetwork : IDisposable
{
    /// <summary>The network.</summary>
    NetworkSpec Spec { get; }

    /// <summary>Rows of a block, at most.</summary>
    int Rows { get; }

    /// <summary>[Rows, inputs]: to be filled before <see cref="Forward"/>.</summary>
    Span<float> Inputs { get; }

    /// <summary>[Rows, outputs]: to be filled before <see cref="Backward"/> with ∂loss/∂output.</summary>
    Span<float> OutputGradients { get; }

    /// <summary>
    /// Evaluates the first <paramref name="rows"/> rows of the inputs: <paramref name="steps"/> consecutive moments of equally many rows,
    /// the earliest first. A network with a memory carries it from one moment to the next; others don't care.
    /// </summary>
    /// <param name="rows">How many.</param>
    /// <param name="steps">Moments.</param>
    /// <param name="memory">[rows of a moment, width]: what is remembered at the first; zeros when empty.</param>
    /// <param name="forgets">[rows]: where nothing is remembered of the moment before, for something new began; nowhere when empty.</param>
    /// <returns>[rows, outputs], valid until the next call.</returns>
    ReadOnlySpan<float> Forward(int rows, int steps = 1, ReadOnlySpan<float> memory = default, ReadOnlySpan<bool> forgets = default);

    /// <summary>
    /// Adds ∂loss/∂parameter to the gradients of the flat vector, for the rows of the last <see cref="Forward"/>, whose inputs
    /// and parameters must not have changed since.
    /// </summary>
    void Backward(int rows);

    /// <summary>
    /// ∂loss/∂input for the rows of the last <see cref="Forward"/>, from the same <see cref="OutputGradients"/>; the gradients of the
    /// parameters stay as they are. Under the same conditions as <see cref="Backward"/>, before or instead of it.
    /// </summary>
    /// <returns>[rows, inputs], valid until the next call.</returns>
    ReadOnlySpan<float> InputGradients(int rows);
}
