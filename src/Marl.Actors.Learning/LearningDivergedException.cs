using Marl.Actors.Core.Stages;

namespace Marl.Actors.Learning;

/// <summary>A loss or a gradient is no longer a number: learning has diverged, and the run must stop with its last good checkpoint.</summary>
/// <param name="sentence">What is not finite, and where.</param>
public sealed class LearningDivergedException(string sentence) : StageException(
    "MARL3310", sentence, "Lower 'learningRate' or 'maxGradientNorm', or look for rewards or observations of the world that are not finite.");
