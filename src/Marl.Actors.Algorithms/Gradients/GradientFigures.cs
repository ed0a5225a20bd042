using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;

namespace Marl.Actors.Algorithms.Gradients;

/// <summary>What a learner says of itself that makes gradients: PPO's figures, without the rate of steps that others take.</summary>
internal static class GradientFigures
{
    private const string LearningRate = "learning-rate";

    private static readonly int[] Columns =
        [.. Enumerable.Range(0, PpoFigures.Layout.Fields.Count).Where(i => PpoFigures.Layout.Fields[i].Name != LearningRate)];

    /// <summary>Names and order of the figures.</summary>
    public static MessageLayout Layout { get; } = MetricMessages.Layout([.. Columns.Select(i => PpoFigures.Layout.Fields[i].Name)]);

    /// <summary>Writes the figures in the order of <see cref="Layout"/>.</summary>
    public static void Write(PpoFigures figures, Span<float> target)
    {
        Span<float> all = stackalloc float[PpoFigures.Layout.Fields.Count];
        figures.Write(all, learningRate: 0);
        for (var i = 0; i < Columns.Length; i++)
        {
            target[i] = all[Columns[i]];
        }
    }
}
