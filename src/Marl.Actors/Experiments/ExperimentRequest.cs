using Marl.Actors.Catalogs;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Compiled;

namespace Marl.Actors.Experiments;

/// <summary>What a run needs to know beyond its pipeline.</summary>
public sealed record ExperimentRequest
{
    /// <summary>The pipeline file; for a resume, the folder of the run.</summary>
    public required string Path { get; init; }

    /// <summary>What pipeline files may name.</summary>
    public ComponentCatalog Catalog { get; init; } = BuiltIn.Catalog;

    /// <summary>What is said in place of the file. A resume takes only the steps.</summary>
    public BindingOverrides Overrides { get; init; } = BindingOverrides.None;

    /// <summary>Which interpreter runs it, by which schedule, on how many threads.</summary>
    public Interpretation Interpretation { get; init; } = new();

    /// <summary>Stages whose inboxes are recorded, with all instances (<c>team</c>) or one (<c>team/agent-0</c>), to be replayed alone.</summary>
    public Values<string> Recorded { get; init; } = [];

    /// <summary>Measures where the time goes and writes <c>profile.csv</c>. Not for runs that span processes.</summary>
    public bool IsProfiled { get; init; }

    /// <summary>The results' folder; null for <c>runs/&lt;pipeline&gt;-&lt;time&gt;</c>.</summary>
    public string? Out { get; init; }

    /// <summary>Told once, when the folder is there.</summary>
    public Action<string>? FolderMade { get; init; }

    /// <summary>Told after every update, on an actor's thread.</summary>
    public Action<RunProgress>? Progress { get; init; }

    /// <summary>Cancelled, the run stops between two iterations, saves and writes its results.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Where time comes from; results don't depend on it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A run of a pipeline that a build has compiled, with the values its handle gives to parameters.</summary>
    public static ExperimentRequest Of(PipelineHandle pipeline) => new() { Path = pipeline.FullPath, Overrides = pipeline.Overrides };
}
