using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Files;

/// <summary>A policy with its parameters, as files hold it.</summary>
/// <param name="Spec">Group, network and spaces.</param>
/// <param name="Parameters">The flat vector of the network, of length <see cref="NetworkSpec.Parameters"/>.</param>
public sealed record SavedPolicy(PolicySpec Spec, float[] Parameters);
