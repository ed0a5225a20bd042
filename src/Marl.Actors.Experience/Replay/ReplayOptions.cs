using Marl.Actors.Core.Options;

namespace Marl.Actors.Experience.Replay;

/// <summary>What one item of a batch is.</summary>
public enum ReplayUnit
{
    /// <summary>One transition.</summary>
    Transition,

    /// <summary>Consecutive transitions from anywhere, ending with their episode.</summary>
    Sequence,

    /// <summary>A whole episode from its beginning, once it has ended.</summary>
    Episode,
}

/// <summary>Options of <c>replay/uniform</c>.</summary>
/// <param name="Capacity">Transitions held.</param>
/// <param name="Unit">What is drawn.</param>
/// <param name="Length">Longest item.</param>
/// <param name="Batch">Items drawn together.</param>
/// <param name="Updates">Batches for each set of rollouts.</param>
/// <param name="Warmup">Items before the first batch.</param>
public sealed record ReplayOptions(
    [Option("Transitions held over all copies; the oldest make room for the newest.", Minimum = 2, Maximum = 100_000_000)] int Capacity = 50_000,
    [Option("What a batch is made of: transitions, sequences from anywhere, or whole episodes.")] ReplayUnit Unit = ReplayUnit.Transition,
    [Option("Most transitions of a sequence or an episode (what follows is left out).", Minimum = 1, Maximum = 100_000)] int Length = 1,
    [Option("Items in a batch.", Minimum = 1, Maximum = 100_000)] int Batch = 32,
    [Option("Batches drawn after every set of rollouts: the number of updates a learner does on it.", Minimum = 1, Maximum = 10_000)] int Updates = 1,
    [Option("Items held before the first batch is drawn; until then learners wait.", Minimum = 1, Maximum = 100_000_000)] int Warmup = 1)
{
    /// <summary>What can't stand together.</summary>
    public IEnumerable<(string Option, string Sentence)> Conflicts()
    {
        if (Unit == ReplayUnit.Transition && Length != 1)
        {
            yield return ("length", $"Transitions have a length of 1, not {Length}; write 'unit: sequence' or 'unit: episode'.");
        }

        if (Warmup > Capacity)
        {
            yield return ("warmup", $"The memory holds {Capacity} transitions and can never reach {Warmup}; raise the capacity or lower the warmup.");
        }
    }
}
