using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Witnesses;

/// <summary>Something that is wrong with a run.</summary>
public abstract record Finding
{
    private protected Finding()
    {
    }
}

/// <summary>A rule that holds for every run was broken.</summary>
/// <param name="Diagnostic">Which, where, by whom; the remedy is left to who knows how the run was made.</param>
public sealed record BrokenRule(Diagnostic Diagnostic) : Finding;
