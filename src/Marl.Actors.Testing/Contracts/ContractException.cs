using Marl.Actors.Core.Results;

namespace Marl.Actors.Testing.Contracts;

/// <summary>A contract is broken; the message lists every rule with what was seen and what to look for.</summary>
/// <param name="subject">What broke it, as in "The world".</param>
/// <param name="findings">The broken rules.</param>
public sealed class ContractException(string subject, Values<ContractFinding> findings)
    : Exception($"{subject} breaks its contract.\n" + string.Concat(findings.Select(f => $"\n  {f.Rule}: {f.Sentence}\n    {f.Remedy}\n")))
{
    /// <summary>The broken rules.</summary>
    public Values<ContractFinding> Findings { get; } = findings;

    /// <summary>Throws if there is a finding.</summary>
    public static void ThrowIfAny(string subject, Values<ContractFinding> findings)
    {
        if (findings.Count > 0)
        {
            throw new ContractException(subject, findings);
        }
    }
}
