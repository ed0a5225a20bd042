using Marl.Actors.Catalogs;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Catalog;

namespace Marl.Actors.Exploring;

/// <summary>What to explore: a pipeline under many schedules, and the faults of its network.</summary>
public sealed record ExploreRequest
{
    /// <summary>The pipeline file.</summary>
    public required string Path { get; init; }

    /// <summary>What pipeline files may name.</summary>
    public ComponentCatalog Catalog { get; init; } = BuiltIn.Catalog;

    /// <summary>What is said in place of the file: seed, steps, parameters.</summary>
    public BindingOverrides Overrides { get; init; } = BindingOverrides.None;

    /// <summary>The faults.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>The first schedule's seed.</summary>
    public long From { get; init; } = 1;

    /// <summary>How many schedules.</summary>
    public long Seeds { get; init; } = 1000;

    /// <summary>The command that repeats one seed, for diagnostics.</summary>
    public Func<long, string> Reproduce { get; init; } = seed => $"explore schedule seed {seed}";

    /// <summary>Told after every schedule.</summary>
    public Action<ExploreReport>? Progress { get; init; }

    /// <summary>Cancelled, it ends, and does not count the schedule at hand.</summary>
    public CancellationToken Stop { get; init; }
}
