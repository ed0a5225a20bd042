using Marl.Actors.Catalogs;
using Marl.Actors.Core.Results;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Catalog;

namespace Marl.Actors.Bars;

/// <summary>Which bars are judged, and how.</summary>
public sealed record BarRequest
{
    /// <summary>The bars; at least one.</summary>
    public required Values<Bar> Bars { get; init; }

    /// <summary>What their pipelines may name.</summary>
    public ComponentCatalog Catalog { get; init; } = BuiltIn.Catalog;

    /// <summary>The results' folder; null for <c>runs/verify-&lt;time&gt;</c>.</summary>
    public string? Out { get; init; }

    /// <summary>Told before each run: the pipeline file and the seed.</summary>
    public Action<string, long>? Began { get; init; }

    /// <summary>Told after every update, on an actor's thread.</summary>
    public Action<RunProgress>? Progress { get; init; }

    /// <summary>Told when the bars of a pipeline are judged.</summary>
    public Action<BarOutcome>? Judged { get; init; }

    /// <summary>Cancelled, the present run stops between two iterations and the results so far are written.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Where time comes from; verdicts don't depend on it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>The bars, judged.</summary>
/// <param name="Folder">Where the runs and the tables are.</param>
/// <param name="Outcomes">In the order of the bars.</param>
public sealed record BarReport(string Folder, Values<BarOutcome> Outcomes)
{
    /// <summary>True when every bar was reached.</summary>
    public bool Passed => Outcomes.All(o => o.Verdict == Verdict.Passed);
}
