using System.Runtime.CompilerServices;
using Marl.Actors.Catalogs;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Traces;
using Marl.Actors.Experiments;
using Marl.Actors.Exploring;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Rendering;
using Marl.Actors.Runtime.Inboxes;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Testing.Contracts;
using Marl.Actors.Testing.Plays;
using Marl.Actors.Testing.Snapshots;
using Marl.Actors.Testing.Traces;

namespace Marl.Actors.Testing.Pipelines;

/// <summary>
/// A pipeline file under test: its graph and its trace as documents beside it, and the same bits under every schedule and
/// fault. <c>await TestedPipeline.Of("../spread.yaml").VerifyGraph()</c>.
/// </summary>
public sealed record TestedPipeline
{
    private const string Graph = "graph";
    private const string Trace = "trace";

    private TestedPipeline(string path, string folder) => (Path, Folder) = (path, folder);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What it may name.</summary>
    public ComponentCatalog Catalog { get; init; } = BuiltIn.Catalog;

    /// <summary>What is said in place of the file: seed, steps, parameters.</summary>
    public BindingOverrides Overrides { get; init; } = BindingOverrides.None;

    private string Folder { get; }

    /// <summary>A pipeline file.</summary>
    /// <param name="path">Its path, relative to the source file that calls.</param>
    /// <param name="catalog">What it may name; null for what comes with Marl.Actors.</param>
    /// <param name="file">The test's source file; the compiler fills it in.</param>
    public static TestedPipeline Of(string path, ComponentCatalog? catalog = null, [CallerFilePath] string file = "")
    {
        var folder = Snapshots.Snapshots.Folder(file);
        return new(System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, path)), folder) { Catalog = catalog ?? BuiltIn.Catalog };
    }

    /// <summary>Compares the graph, as <c>marl show</c> prints it, with <c>NAME.graph.verified.txt</c> beside the pipeline file.</summary>
    /// <exception cref="PipelineException">The file does not check.</exception>
    /// <exception cref="SnapshotException">The graph differs, or nothing was approved yet; the message says what to do.</exception>
    public Task VerifyGraph() =>
        Snapshots.Snapshots.Verify(GraphText.Arrows(Sound("does not check", Experiment.Load(Path, Catalog, Overrides))), method: Graph, file: Path);

    /// <summary>Runs the pipeline and compares what flows along its edges with <c>NAME.trace.verified.txt</c> beside the pipeline file.</summary>
    /// <param name="steps">Environment steps; null for two iterations, so that what was learned acts.</param>
    /// <param name="tolerance">Part of a field's greatest magnitude by which its figures may differ on another kind of machine.</param>
    /// <exception cref="PipelineException">The file does not check, or its run failed.</exception>
    /// <exception cref="SnapshotException">The trace differs, or nothing was approved yet; the message begins with the first difference on each edge.</exception>
    public async Task VerifyTrace(long? steps = null, double tolerance = TraceComparison.Tolerance)
    {
        var taken = await Tracing.Traces.TakeAsync(new() { Path = Path, Catalog = Catalog, Overrides = Overrides, Steps = steps });
        await TraceSnapshots.Verify(Sound("does not run", taken), tolerance: tolerance, method: Trace, file: Path);
    }

    /// <summary>
    /// Runs the pipeline and then plays every stage, and every operator on an edge, alone with the tokens it took: what it sends
    /// must follow from them and its key alone. See <see cref="StageContract"/> and <see cref="OperatorContract"/> for the rules.
    /// </summary>
    /// <param name="steps">Environment steps; null for two iterations.</param>
    /// <exception cref="PipelineException">The file does not check, or its run failed.</exception>
    /// <exception cref="ContractException">A stage or an operator breaks a rule; the message says which, where, and what to look for.</exception>
    public void VerifyContracts(long? steps = null)
    {
        var graph = Sound("does not check", Experiment.Load(Path, Catalog, Overrides));
        var taken = Sound("does not run", InboxCollection.Of(graph with { StopSteps = steps ?? 2L * graph.Iteration * graph.Copies }));
        foreach (var stage in taken.Stages)
        {
            ContractException.ThrowIfAny($"The stage '{stage.Name}' of '{Path}'", StageContract.Check(new StageFeed
            {
                Name = stage.Name,
                Inputs = stage.Component.Inputs.Select(p => p.Name).ToValues(),
                Outputs = stage.Component.Outputs.Select(p => p.Name).ToValues(),
                Unread = stage.Unread,
                Lanes = stage.Taken.Select(port => port.Select(lane => Lane(lane, ends: false)).ToValues()).ToValues(),
                Create = stage.Create,
            }));
        }

        foreach (var step in taken.Operators)
        {
            ContractException.ThrowIfAny(
                $"The operator '{step.Name}' of '{Path}'", OperatorContract.Check(new OperatorFeed(Lane(step.Taken, step.HasEnded), step.Create)));
        }
    }

    /// <summary>
    /// Runs the pipeline with no more room on its edges than the compiler found they need, under several schedules, and every
    /// stage held to the firing pattern of its signature: no run may have to make room to go on.
    /// </summary>
    /// <param name="seeds">How many schedules.</param>
    /// <param name="steps">Environment steps; null for two iterations.</param>
    /// <exception cref="PipelineException">The file does not check or was too long to be tried out, a run failed, or had to make room.</exception>
    public void VerifyRoom(long seeds = 3, long? steps = null)
    {
        var graph = Sound("does not check", Experiment.Load(Path, Catalog, Overrides));
        var narrow = graph with
        {
            StopSteps = steps ?? 2L * graph.Iteration * graph.Copies,
            Edges = graph.Edges.Select(e => e with { Capacity = e.LeastCapacity ?? throw new PipelineException($"How much room '{e.Name}' needs in '{Path}' is not known.", []) }).ToValues(),
        };
        for (var seed = 1; seed <= seeds; seed++)
        {
            var outcome = SimulatedInterpreter.Run(narrow, new() { Observer = new Nobody(), ChecksSignatures = true }, seed);
            if (outcome.Failures.Count > 0 || outcome.Growths > 0)
            {
                throw new PipelineException(
                    outcome.Failures.Count > 0 ? $"'{Path}' does not run." : $"With the least room on all edges of '{Path}', schedule {seed} had to make more {outcome.Growths} times.", outcome.Failures);
            }
        }
    }

    /// <summary>
    /// Simulates the pipeline under many schedules: every edge and all weights must stay the same, to the bit. Each ends as
    /// <see cref="ExploreRequest"/> says, unless <see cref="Overrides"/> give steps.
    /// </summary>
    /// <param name="seeds">How many schedules.</param>
    /// <param name="from">The seed of the first.</param>
    /// <exception cref="PipelineException">A schedule made a difference; the message says which, where, and how to repeat it alone.</exception>
    public ExploreReport VerifySchedules(long seeds = 20, long from = 1) =>
        Explore(FaultPlan.None, seeds, from, seed => $"{nameof(VerifySchedules)}(seeds: 1, from: {seed})");

    /// <summary>Simulates the pipeline under many schedules and the faults each draws: every edge and all weights must stay the same, to the bit.</summary>
    /// <param name="plan">The file with the fault plan, relative to the source file of the test.</param>
    /// <param name="seeds">How many schedules.</param>
    /// <param name="from">The seed of the first.</param>
    /// <exception cref="PipelineException">A schedule or a fault made a difference; the message says which, where, and how to repeat it alone.</exception>
    public ExploreReport VerifyFaults(string plan, long seeds = 20, long from = 1) => Explore(
        Sound($"can't be explored by '{plan}'", FaultPlanReader.Read(System.IO.Path.Combine(Folder, plan))),
        seeds,
        from,
        seed => $"{nameof(VerifyFaults)}(\"{plan}\", seeds: 1, from: {seed})");

    /// <summary>Fails if there is a graph or a trace in a folder whose pipeline file is gone.</summary>
    /// <param name="folder">The pipelines' folder, relative to the source file that calls; folders below are looked at too.</param>
    /// <param name="file">The test's source file; the compiler fills it in.</param>
    /// <exception cref="SnapshotException">There are such documents; the message names them.</exception>
    public static void VerifyNoOrphans(string folder, [CallerFilePath] string file = "")
    {
        var root = System.IO.Path.GetFullPath(System.IO.Path.Combine(Snapshots.Snapshots.Folder(file), folder));
        var names = Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories)
            .Select(p => System.IO.Path.GetFileNameWithoutExtension(p))
            .SelectMany(name => new[] { SnapshotName.Of(name, Graph), SnapshotName.Of(name, Trace) })
            .ToHashSet();
        var orphans = Snapshots.Snapshots.Orphans(root, names).Where(file => IsOfPipeline(file) && !names.Contains(NameOf(file))).ToArray();
        if (orphans.Length > 0)
        {
            throw new SnapshotException(
                $"Snapshots without a pipeline file beside them: delete them, or give them the name of theirs.\n\n  {string.Join("\n  ", orphans)}\n\nDirectory: {root}\n");
        }
    }

    /// <summary><c>NAME.graph.verified.txt</c>: other snapshots in the folder have tests of their own.</summary>
    private static bool IsOfPipeline(string file) => file.Split('.') is [.., Graph or Trace, _, "txt"];

    /// <summary>What is received and not yet approved has a pipeline whose own test says so.</summary>
    private static string NameOf(string file) => string.Join('.', System.IO.Path.GetFileName(file).Split('.')[..^2]);

    private static TokenLane Lane(Values<Message> messages, bool ends) => new(messages.Select(Token.Of).ToValues(), ends);

    private sealed class Nobody : IRunObserver
    {
        public void Observe(Node node, OutputPort port, int peer, Message message)
        {
        }
    }

    private ExploreReport Explore(FaultPlan plan, long seeds, long from, Func<long, string> again)
    {
        var report = Sound("can't be explored", Explorer.Run(new()
        {
            Path = Path,
            Catalog = Catalog,
            Overrides = Overrides,
            Faults = plan,
            Seeds = seeds,
            From = from,
            Reproduce = again,
        }));
        return report.Violations.Count == 0
            ? report
            : throw new PipelineException($"What flows in '{Path}' depends on the schedule or on faults.", report.Violations);
    }

    private T Sound<T>(string failure, Result<T> result) =>
        result.IsSuccess ? result.Value : throw new PipelineException($"'{Path}' {failure}.", result.Diagnostics);
}
