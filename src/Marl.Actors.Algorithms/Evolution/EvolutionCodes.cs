namespace Marl.Actors.Algorithms.Evolution;

/// <summary>Diagnostic codes of evolution strategies.</summary>
public static class EvolutionCodes
{
    /// <summary>An agent was not told of a generation that others have learned from, so it can't have the parameters they have.</summary>
    public const string MissedGeneration = "MARL3560";
}
