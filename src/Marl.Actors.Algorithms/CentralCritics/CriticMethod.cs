using Marl.Actors.Learning.Actions;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.CentralCritics;

/// <summary>What tells one of these algorithms from another.</summary>
/// <param name="Critics">Critics of each group; with several, the least counts (Fujimoto et al.: Addressing function approximation error, ICML 2018).</param>
/// <param name="HasTargetActors">The next actions come from actors that follow slowly.</param>
/// <param name="GumbelTemperature">τ of the Gumbel-softmax.</param>
/// <param name="OutputPenalty">Weight of the outputs' squares.</param>
/// <param name="Entropy">What entropy is worth; null for nothing.</param>
internal sealed record CriticMethod(int Critics, bool HasTargetActors, double GumbelTemperature, double OutputPenalty, EntropyAim? Entropy)
{
    /// <summary>Lowe et al. 2017.</summary>
    public static CriticMethod Maddpg(MaddpgOptions options) => new(1, true, options.GumbelTemperature, options.OutputPenalty, null);

    /// <summary>Haarnoja et al. 2018.</summary>
    public static CriticMethod Sac(SacOptions options) => new(2, false, 1, 0, new(options.Temperature, options.TemperatureRate, options.TargetEntropy));

    /// <summary>How a policy's outputs become actions.</summary>
    public IActionHead Head(PolicySpec policy) => ActionHeads.Of(policy, GumbelTemperature);
}

/// <summary>The learned temperature.</summary>
/// <param name="First">α at the beginning.</param>
/// <param name="Rate">Adam's step size of ln α.</param>
/// <param name="PerComponent">H̄ for each component of an action.</param>
internal sealed record EntropyAim(double First, double Rate, double PerComponent);
