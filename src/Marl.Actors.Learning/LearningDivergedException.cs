namespace Marl.Actors.Learning;

/// <summary>A loss or a gradient is no longer a number: learning has diverged, and the run must stop with its last good checkpoint.</summary>
public sealed class LearningDivergedException(string message) : Exception(message);
