using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Campaigns;

/// <summary>What goes wrong in a simulated run: tokens on their way, stages that crash. The seed of a run says when.</summary>
/// <param name="Faults">The kinds of trouble on edges; each is drawn on its own.</param>
public sealed record FaultPlan(Values<Fault> Faults)
{
    /// <summary>A run without faults.</summary>
    public static FaultPlan None { get; } = new([]);

    /// <summary>The stages that crash and are made anew.</summary>
    public Values<Crash> Crashes { get; init; } = [];

    /// <summary>When stages that may crash are saved.</summary>
    public SaveRule Saves { get; init; } = SaveRule.EachUpdate;
}

/// <summary>One kind of trouble on some edges.</summary>
/// <param name="Kind">What happens to a transmission.</param>
/// <param name="Edge"><c>team.rollouts → learner.rollouts</c>, or <c>*</c> for every edge.</param>
/// <param name="Probability">How often it happens, drawn for each transmission.</param>
/// <param name="At">Also at these transmissions of each link, from 1.</param>
/// <param name="By">Delays only: how many later transmissions of the link overtake it.</param>
public sealed record Fault(FaultKind Kind, Located<string> Edge, double Probability, Values<long> At, int By)
{
    /// <summary>Stands for every edge.</summary>
    public const string EveryEdge = "*";

    /// <summary>Whether it befalls an edge.</summary>
    public bool Concerns(string edge) => Edge.Value == EveryEdge || Edge.Value == edge;
}

/// <summary>What can happen to a transmission.</summary>
public enum FaultKind
{
    /// <summary>It is lost.</summary>
    Drop,

    /// <summary>It arrives twice.</summary>
    Duplicate,

    /// <summary>Some later ones overtake it.</summary>
    Delay,

    /// <summary>The next one overtakes it.</summary>
    Reorder,
}
