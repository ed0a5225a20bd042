using Marl.Actors.Algorithms.Learners;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Options;
using Marl.Actors.Learning.Optimisers;

namespace Marl.Actors.Algorithms.Evolution;

/// <summary>Options of <c>algorithm/es</c>.</summary>
/// <param name="Sigma">σ.</param>
/// <param name="LearningRate">α.</param>
/// <param name="LearningRateSchedule">Course of α.</param>
/// <param name="Optimiser">What steps.</param>
/// <param name="Momentum">β or β₁.</param>
/// <param name="SecondDecay">β₂.</param>
/// <param name="AdamEpsilon">ε.</param>
/// <param name="WeightDecay">λ.</param>
/// <param name="Reward">Own or shared returns.</param>
public sealed record EsOptions(
    [Option("Deviation σ of the perturbations: how far members of the population lie from the parameters.", Minimum = 1e-6, Maximum = 100)] double Sigma = 0.1,
    [Option("Step size α at the beginning.", Minimum = 0, Maximum = 1)] double LearningRate = 0.02,
    [LearnerOption.LearningRateSchedule] LearningRateSchedule LearningRateSchedule = LearningRateSchedule.Constant,
    [Option("What steps along the estimated gradient: adam, or plain ascent with momentum.")] EvolutionOptimiser Optimiser = EvolutionOptimiser.Adam,
    [Option("How much of the running mean of gradients a step keeps: β₁ of Adam, β of momentum.", Minimum = 0, Maximum = 0.9999)] double Momentum = 0.9,
    [Option("How much of the running mean of squared gradients Adam keeps, β₂.", Minimum = 0, Maximum = 0.999999)] double SecondDecay = 0.999,
    [LearnerOption.AdamEpsilon] double AdamEpsilon = 1e-8,
    [Option("Weight decay λ: the step goes along the estimated gradient minus λ times the parameters.", Minimum = 0, Maximum = 1)] double WeightDecay = 0.005,
    [Option("The return a policy is judged by: the mean over the agents that share it, or the mean or the sum over all agents.")] RewardShare Reward = RewardShare.Own);
