using System.Globalization;
using System.Runtime.CompilerServices;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Building;

/// <summary>
/// Builds a pipeline in C#: stages first, as handles; then edges, as flows between handles. It makes the same model a file
/// is read into, so the same compiler judges it, and diagnostics point at the C# line.
/// <code>
/// var pipeline = PipelineBuilder.Named("mappo-spread").Stop(steps: 2_000_000);
/// var world = pipeline.Stage("world", SimpleSpread.Component, new SimpleSpread.Options(Agents: 3), copies: 128);
/// var team = pipeline.Stage("team", ActorCritic.Component, (ActorCritic.Options o) => o with { Rollout = 25 }).Each(world, "agents");
/// var learner = pipeline.Stage("learner", Mappo.Component, new Mappo.Options(Clip: 0.2));
/// world.In("actions", team.Output("actions").ByStep());
/// team.In("steps", world.Output("steps")).In("weights", learner.Output("weights").Then(Lag.Updates(1)));
/// learner.In("rollouts", team.Output("rollouts").ByStep()).In("state", world.Output("state"));
/// Result&lt;Graph&gt; graph = pipeline.Bind(catalog);
/// </code>
/// </summary>
public sealed class PipelineBuilder
{
    private readonly List<StageBuilder> stages = [];
    private readonly string name;
    private readonly SourceSpan where;
    private string? summary;
    private (long Value, SourceSpan Where)? seed;
    private Located<bool>? determinate;
    private Located<bool>? durable;
    private Values<Setting>? stop;
    private Values<Setting>? evaluate;
    private Values<Setting>? checkpoint;

    private PipelineBuilder(string name, SourceSpan where)
    {
        this.name = name;
        this.where = where;
    }

    /// <summary>An empty pipeline.</summary>
    public static PipelineBuilder Named(string name, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => new(name, new(file, line, 1));

    /// <summary>What it is about, in one sentence.</summary>
    public PipelineBuilder Summary(string sentence)
    {
        summary = sentence;
        return this;
    }

    /// <summary>Demands that no merge depends on timing.</summary>
    public PipelineBuilder Determinate([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        determinate = new(true, new(file, line, 1));
        return this;
    }

    /// <summary>The root of all random keys; 1 unless given.</summary>
    public PipelineBuilder Seed(long value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        seed = (value, new(file, line, 1));
        return this;
    }

    /// <summary>Ends after that many environment steps, over all copies.</summary>
    public PipelineBuilder Stop(long steps, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        stop = SettingsOf.Record(new StopSection(steps), new(file, line, 1));
        return this;
    }

    /// <summary>Measures the policies every so many environment steps.</summary>
    public PipelineBuilder Evaluate(
        long every,
        int episodes,
        ActionChoice actions = ActionChoice.Sampled,
        ReturnConvention convention = ReturnConvention.TeamSum,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        evaluate = SettingsOf.Record(new EvaluateSection(every, episodes, actions, convention), new(file, line, 1));
        return this;
    }

    /// <summary>Demands that nothing learned is used or reported before it is saved: every iteration is.</summary>
    public PipelineBuilder Durable([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        durable = new(true, new(file, line, 1));
        return this;
    }

    /// <summary>Saves the whole state every so many environment steps.</summary>
    public PipelineBuilder Checkpoint(long every, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        checkpoint = SettingsOf.Record(new CheckpointSection(every), new(file, line, 1));
        return this;
    }

    /// <summary>Adds a stage.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="component">What it is.</param>
    /// <param name="options">Its options record.</param>
    /// <param name="copies">Worlds stepped together; only for worlds.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="ArgumentException">The options are those of another component: a bug in the program.</exception>
    public StageBuilder Stage<TOptions>(
        string id, Component component, TOptions options, int? copies = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where TOptions : class
    {
        if (options.GetType() != component.Options.Type)
        {
            throw new ArgumentException($"'{component.Id}' takes {component.Options.Type}, not {options.GetType()}.", nameof(options));
        }

        stages.Add(new(id, component, options, copies, new(file, line, 1)));
        return stages[^1];
    }

    /// <summary>Adds a stage whose options differ from the component's defaults in what a function changes: <c>o =&gt; o with { Agents = 3 }</c>.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="component">What it is; none of its options may be required.</param>
    /// <param name="change">From the defaults to the options.</param>
    /// <param name="copies">Worlds stepped together; only for worlds.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="ArgumentException">An option is required, or the options are those of another component: a bug in the program.</exception>
    public StageBuilder Stage<TOptions>(
        string id, Component component, Func<TOptions, TOptions> change, int? copies = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where TOptions : class => Stage(id, component, change(DefaultsOf<TOptions>(component)), copies, file, line);

    /// <summary>Adds a stage with the component's defaults.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="component">What it is; none of its options may be required.</param>
    /// <param name="copies">Worlds stepped together; only for worlds.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="ArgumentException">An option is required: a bug in the program.</exception>
    public StageBuilder Stage(
        string id, Component component, int? copies = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Stage(id, component, DefaultsOf<object>(component), copies, file, line);

    /// <summary>Applies a function that adds a part: <c>.With(Teams.TwoSides)</c>.</summary>
    public PipelineBuilder With(Func<PipelineBuilder, PipelineBuilder> part) => part(this);

    /// <summary>The model, as if read from a file.</summary>
    public PipelineFile ToFile() => new(
        new(name, where),
        summary is null ? null : new(summary, where),
        seed is { } root
            ? [new(new(ParameterTable.Seed, root.Where), new("int", root.Where), new(root.Value.ToString(CultureInfo.InvariantCulture), root.Where), null)]
            : [],
        stages.Select(s => s.ToDeclaration()).ToValues(),
        stop,
        evaluate,
        checkpoint,
        Placement(),
        where)
    {
        Determinate = determinate,
        Durable = durable,
    };

    /// <summary>The checked graph, or everything that is wrong.</summary>
    /// <param name="catalog">Where evaluation finds <c>every</c>; the components and operators used here need not be in it.</param>
    /// <param name="overrides">What the command line says, if there is one.</param>
    public Result<Graph> Bind(ComponentCatalog catalog, BindingOverrides? overrides = null)
    {
        var components = stages.Select(s => s.Component).Where(c => !catalog.Components.ContainsKey(c.Id)).DistinctBy(c => c.Id);
        var operators = stages.SelectMany(s => s.Operators).Select(o => o.Component).Where(o => !catalog.Operators.ContainsKey(o.Id)).DistinctBy(o => o.Id);
        return PipelineBinder.Bind(ToFile(), catalog.With(components).With(operators), overrides ?? BindingOverrides.None);
    }

    private static TOptions DefaultsOf<TOptions>(Component component)
        where TOptions : class => component.Options.Create(new Dictionary<string, object>()) as TOptions
            ?? throw new ArgumentException($"'{component.Id}' takes {component.Options.Type}, not {typeof(TOptions)}.", nameof(component));

    private Values<Setting>? Placement() => stages.Exists(s => s.Role is not null)
        ? stages.Where(s => s.Role is not null).Select(s => new Setting(new(s.Id, s.Where), SettingsOf.Value(s.Role!, s.Where))).ToValues()
        : null;
}
