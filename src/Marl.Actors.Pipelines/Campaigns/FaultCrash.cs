using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Campaigns;

/// <summary>A stage that crashes and is made anew from what was last saved of it.</summary>
/// <param name="Stage"><c>team</c> for each of its instances, <c>team/agent-0</c> for one, <c>*</c> for every stage.</param>
/// <param name="Probability">How often it happens, drawn for each firing.</param>
/// <param name="At">Also at these firings of each instance, from 1.</param>
public sealed record Crash(Located<string> Stage, double Probability, Values<long> At)
{
    /// <summary>Stands for every stage.</summary>
    public const string EveryStage = "*";

    /// <summary>Whether it befalls an instance.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="instance">The instance's name, as in <c>team/agent-0</c>.</param>
    public bool Concerns(string stage, string instance) => Stage.Value == EveryStage || Stage.Value == stage || Stage.Value == instance;
}

/// <summary>When a stage that may crash is saved. What it took since then, its producers send again.</summary>
/// <param name="Firings">After so many firings; 0 for never, null for the first firing of each update.</param>
public sealed record SaveRule(long? Firings)
{
    /// <summary>After the first firing of each update.</summary>
    public static SaveRule EachUpdate { get; } = new((long?)null);

    /// <summary>Never: a stage begins anew.</summary>
    public static SaveRule Never { get; } = new(0);
}
