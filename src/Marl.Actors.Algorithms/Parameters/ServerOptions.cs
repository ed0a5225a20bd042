using Marl.Actors.Algorithms.Learners;
using Marl.Actors.Core.Options;
using Marl.Actors.Learning.Optimisers;

namespace Marl.Actors.Algorithms.Parameters;

/// <summary>How far learners may drift apart.</summary>
public enum Consistency
{
    /// <summary>Bulk-synchronous: a step goes along the mean of one gradient from each. Determinate.</summary>
    Bsp,

    /// <summary>Stale-synchronous: each gradient is a step; nobody is more than <c>slack</c> gradients ahead of the slowest.</summary>
    Ssp,

    /// <summary>Each gradient is a step, unless it is older than <c>maxLag</c> steps.</summary>
    Async,
}

/// <summary>Options of <c>parameters/server</c>.</summary>
/// <param name="Consistency">How learners are kept together.</param>
/// <param name="Slack">Of ssp.</param>
/// <param name="MaxLag">Of async.</param>
/// <param name="LearningRate">Adam's α.</param>
/// <param name="LearningRateSchedule">How it changes.</param>
/// <param name="MaxGradientNorm">Clipping.</param>
/// <param name="AdamEpsilon">Adam's ε.</param>
public sealed record ServerOptions(
    [Option("How learners are kept together: bsp (a step along the mean of a gradient from each; 'gradients: … |> by-step'), ssp or async (a step for each gradient; 'gradients: … |> as-it-comes').")] Consistency Consistency = Consistency.Bsp,
    [Option("ssp: gradients by which a learner may be ahead of the slowest.", Minimum = 0, Maximum = 1_000_000)] int Slack = 1,
    [Option("async: a gradient made with parameters that are more steps old than this is dropped.", Minimum = 0, Maximum = 1_000_000)] int MaxLag = 16,
    [Option("Adam's step size.", Minimum = 0, Maximum = 1)] double LearningRate = 5e-4,
    [Option("How the learning rate changes over the run.")] LearningRateSchedule LearningRateSchedule = LearningRateSchedule.Constant,
    [Option("Longest step's gradient; longer ones are shortened to it. Of several parts each allows itself this over the root of their number, so that all together stay below it. 0 for no limit.", Minimum = 0, Maximum = 1e6)] double MaxGradientNorm = 10,
    [LearnerOption.AdamEpsilon] double AdamEpsilon = 1e-5);
