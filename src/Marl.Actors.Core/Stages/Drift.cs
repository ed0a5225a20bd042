namespace Marl.Actors.Core.Stages;

/// <summary>
/// How far apart those may drift whose <c>gradients</c> a stage takes and to whom it gives <c>parameters</c>. Witnesses hold the
/// stage to it.
/// </summary>
/// <param name="MostAhead">Gradients by which one of them may be ahead of the slowest when it is answered; null for any.</param>
/// <param name="MostLag">Steps since the parameters that a gradient was made with, beyond which it is no step; null for any.</param>
public sealed record Drift(int? MostAhead, int? MostLag);
