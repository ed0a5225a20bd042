using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Algorithms.Batches;

/// <summary>Learning from batches of a memory: all that tells one such algorithm from another, behind a <see cref="BatchLearner"/>.</summary>
internal interface IBatchLearning : IDisposable
{
    /// <summary>Agents that share a policy, policy by policy.</summary>
    IReadOnlyList<AgentGroup> Groups { get; }

    /// <summary>The parameters of a group's policy.</summary>
    ReadOnlySpan<float> Policy(int group);

    /// <summary>Learns from a batch.</summary>
    /// <param name="batch">What was drawn.</param>
    /// <param name="figures">What is said about it.</param>
    /// <param name="errors">Is told how far it was off on every item; null where nobody wants to know.</param>
    /// <exception cref="Learning.LearningDivergedException">A gradient is no longer finite.</exception>
    void Run(Message batch, BatchFigures figures, ItemErrors? errors);

    /// <summary>Writes everything.</summary>
    void Save(StageSnapshot snapshot);

    /// <summary>Takes everything over.</summary>
    void Load(StageSnapshot snapshot);
}
