using Marl.Actors.Catalogs;
using Marl.Actors.Core.Results;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Campaigns.Sweeps;
using Marl.Actors.Pipelines.Catalog;

namespace Marl.Actors.Sweeps;

/// <summary>What the runs of a sweep need to know beyond its file.</summary>
public sealed record SweepRequest
{
    /// <summary>The sweep file; for a resume, the folder of the sweep.</summary>
    public required string Path { get; init; }

    /// <summary>What its pipeline may name.</summary>
    public ComponentCatalog Catalog { get; init; } = BuiltIn.Catalog;

    /// <summary>What is said of all runs: parameters that are not swept, and the steps. A resume takes nothing.</summary>
    public BindingOverrides Overrides { get; init; } = BindingOverrides.None;

    /// <summary>Seeds in place of the file's; null for those.</summary>
    public Values<long>? Seeds { get; init; }

    /// <summary>Which interpreter runs it; results don't depend on it.</summary>
    public Interpretation Interpretation { get; init; } = new();

    /// <summary>The results' folder; null for <c>runs/&lt;sweep&gt;-&lt;time&gt;</c>.</summary>
    public string? Out { get; init; }

    /// <summary>Told before each run: the sweep, the run, and its place among all runs, from 1.</summary>
    public Action<Sweep, SweepTrial, int>? Began { get; init; }

    /// <summary>Told after every update of a run, on an actor's thread.</summary>
    public Action<RunProgress>? Progress { get; init; }

    /// <summary>Told after each run.</summary>
    public Action<TrialOutcome>? Ended { get; init; }

    /// <summary>Cancelled, the present run stops between two iterations and saves; the others wait for a resume.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Where time comes from; results don't depend on it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
