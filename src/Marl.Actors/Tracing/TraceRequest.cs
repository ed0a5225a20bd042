using Marl.Actors.Catalogs;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Catalog;

namespace Marl.Actors.Tracing;

/// <summary>What a trace is taken of.</summary>
public sealed record TraceRequest
{
    /// <summary>The pipeline file; not read when a graph is given.</summary>
    public string Path { get; init; } = "";

    /// <summary>What pipeline files may name.</summary>
    public ComponentCatalog Catalog { get; init; } = BuiltIn.Catalog;

    /// <summary>What is said in place of the file: seed, parameters.</summary>
    public BindingOverrides Overrides { get; init; } = BindingOverrides.None;

    /// <summary>Environment steps over all copies, rounded down to whole iterations, at least one; null for two iterations, so that what was learned acts.</summary>
    public long? Steps { get; init; }

    /// <summary>Who runs it; the trace of a determinate pipeline is the same.</summary>
    public Interpretation Interpretation { get; init; } = new(Interpreter.Simulated);

    /// <summary>Holds every message's figures, not only those that <see cref="Core.Traces.Trace.Holds"/> says.</summary>
    public bool IsFull { get; init; }

    /// <summary>Ends the run between two iterations when cancelled.</summary>
    public CancellationToken Stop { get; init; }
}
