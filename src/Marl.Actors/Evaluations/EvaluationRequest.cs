using Marl.Actors.Catalogs;
using Marl.Actors.Pipelines.Catalog;

namespace Marl.Actors.Evaluations;

/// <summary>How a saved policy is measured or shown.</summary>
public sealed record EvaluationRequest
{
    /// <summary>The folder of a run.</summary>
    public required string RunFolder { get; init; }

    /// <summary>What its pipeline may name.</summary>
    public ComponentCatalog Catalog { get; init; } = BuiltIn.Catalog;

    /// <summary>Episodes; null for as many as the pipeline says.</summary>
    public int? Episodes { get; init; }

    /// <summary>Likeliest actions instead of sampled ones; null for what the pipeline says.</summary>
    public bool? Greedy { get; init; }

    /// <summary>Seed of worlds and actions; null for the run's.</summary>
    public long? Seed { get; init; }
}
