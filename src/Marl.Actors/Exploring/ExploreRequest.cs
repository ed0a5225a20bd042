using Marl.Actors.Catalogs;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Runtime.Faults;
using Marl.Actors.Runtime.Witnesses;

namespace Marl.Actors.Exploring;

/// <summary>What to explore: a pipeline under many schedules, and the faults of its network and its stages.</summary>
public sealed record ExploreRequest
{
    /// <summary>The pipeline file; not read when a graph is given.</summary>
    public string Path { get; init; } = "";

    /// <summary>What pipeline files may name.</summary>
    public ComponentCatalog Catalog { get; init; } = BuiltIn.Catalog;

    /// <summary>What is said in place of the file: seed, steps, parameters.</summary>
    public BindingOverrides Overrides { get; init; } = BindingOverrides.None;

    /// <summary>Each schedule is ended after the first iteration by which so many messages were sent, unless <see cref="Overrides"/> say after how many steps; null runs to the pipeline's own stop.</summary>
    public long? Messages { get; init; } = 2_000;

    /// <summary>Who runs it: the simulator, or the actors on one thread. Only the simulator knows faults.</summary>
    public Interpreter Interpreter { get; init; } = Interpreter.Simulated;

    /// <summary>The faults.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>The first schedule's seed.</summary>
    public long From { get; init; } = 1;

    /// <summary>How many schedules.</summary>
    public long Seeds { get; init; } = 1000;

    /// <summary>How many schedules at a time; null for one a core. The report is the same.</summary>
    public int? Jobs { get; init; }

    /// <summary>The command that repeats one seed, for diagnostics.</summary>
    public Func<long, string> Reproduce { get; init; } = seed => $"explore schedule seed {seed}";

    /// <summary>Told after every schedule, in the order of their seeds.</summary>
    public Action<ExploreReport>? Progress { get; init; }

    /// <summary>Makes what a plan says; tests plant mistakes here.</summary>
    internal Func<FaultPlan, RunWitness, FaultInjection> Inject { get; init; } = (plan, witness) => new(plan) { Witness = witness };

    /// <summary>Cancelled, it ends, and does not count the schedules at hand.</summary>
    public CancellationToken Stop { get; init; }
}
