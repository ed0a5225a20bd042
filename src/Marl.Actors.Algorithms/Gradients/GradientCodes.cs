namespace Marl.Actors.Algorithms.Gradients;

/// <summary>Diagnostic codes of learners that make gradients.</summary>
public static class GradientCodes
{
    /// <summary>More minibatches than a batch has steps.</summary>
    public const string EmptyMinibatches = "MARL2701";
}
