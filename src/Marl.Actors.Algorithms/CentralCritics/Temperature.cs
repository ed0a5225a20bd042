using Marl.Actors.Core.Stages;
using Marl.Actors.Learning.Optimisers;

namespace Marl.Actors.Algorithms.CentralCritics;

/// <summary>
/// What a unit of entropy is worth to each group: α, learned so that the entropy comes to H̄. Haarnoja et al.: Soft actor-critic
/// algorithms and applications, 2019, section 5: J(α) = E[−α ln π − α H̄], by steps in ln α, so that α stays positive.
/// </summary>
internal sealed class Temperature(EntropyAim aim, int groups)
{
    private readonly Adam adam = new(groups);
    private readonly float[] gradients = new float[groups];
    private readonly float[] logarithms = [.. Enumerable.Repeat((float)Math.Log(aim.First), groups)]; // ln α

    /// <summary>α of a group.</summary>
    public double this[int group] => Math.Exp(logarithms[group]);

    /// <summary>H̄ = −|A| for the paper's aim of −1 a component.</summary>
    public double Target(int components) => aim.PerComponent * components;

    /// <summary>∂J/∂ ln α = −α (E[ln π] + H̄).</summary>
    public void Blame(int group, double meanLogDensity, int components) =>
        gradients[group] = (float)(-this[group] * (meanLogDensity + Target(components)));

    /// <summary>A step of all groups.</summary>
    public void Step() => adam.Step(logarithms, gradients, aim.Rate);

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<float>("learner.temperature", logarithms);
        adam.Save(snapshot, "learner.temperature.adam");
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<float>("learner.temperature", logarithms);
        adam.Load(snapshot, "learner.temperature.adam");
    }
}
