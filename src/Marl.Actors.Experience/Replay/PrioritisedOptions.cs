using Marl.Actors.Core.Options;

namespace Marl.Actors.Experience.Replay;

/// <summary>Options of <c>replay/prioritized</c>.</summary>
/// <param name="Alpha">α.</param>
/// <param name="Beta">β.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="Eta">η.</param>
/// <param name="Memory">What every memory has.</param>
public sealed record PrioritisedOptions(
    [Option("How far errors decide what is drawn, α: 0 draws all as likely, 1 in proportion to the error.", Minimum = 0, Maximum = 4)] double Alpha = 0.6,
    [Option("How far weights make up for what is drawn more often, β, at the beginning; it rises in a straight line to 1 at the end of the run.", Minimum = 0, Maximum = 1)] double Beta = 0.4,
    [Option("Added to every error, so that nothing is never drawn again, ε.", Minimum = 1e-12, Maximum = 1e6)] double Epsilon = 1e-6,
    [Option("What counts of the errors of an item's transitions and agents: η times the greatest and 1 - η times the mean (Kapturowski et al. 2019).", Minimum = 0, Maximum = 1)] double Eta = 0.9,
    [OptionGroup] ReplayOptions? Memory = null)
{
    /// <summary>What every memory has.</summary>
    public ReplayOptions Memory { get; init; } = Memory ?? new();
}
