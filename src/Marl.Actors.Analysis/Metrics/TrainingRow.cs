using Marl.Actors.Core.Results;

namespace Marl.Actors.Analysis.Metrics;

/// <summary>A number with a name.</summary>
public readonly record struct Metric(string Name, double Value);

/// <summary>One update of an experiment, as <c>training.csv</c> and TensorBoard show it.</summary>
/// <param name="Update">Which update, from 0.</param>
/// <param name="EnvironmentSteps">Steps of single environments done up to its end (vector steps times copies).</param>
/// <param name="Seconds">Seconds since the run began.</param>
/// <param name="Episodes">The training episodes that ended in it; null when none did.</param>
/// <param name="Learner">What the learners report: losses, entropy, learning rate, …</param>
public sealed record TrainingRow(int Update, long EnvironmentSteps, double Seconds, EpisodeFigures? Episodes, Values<Metric> Learner);
