using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Worlds;

/// <summary>Turns a world into a catalog entry <c>environment/…</c>: one line where the world is registered.</summary>
public static class WorldComponent
{
    /// <summary>Index of the input <c>actions</c>.</summary>
    public const int Actions = 0;

    /// <summary>Index of the output <c>steps</c>.</summary>
    public const int Steps = 0;

    /// <summary>Index of the output <c>state</c>.</summary>
    public const int State = 1;

    /// <summary>Index of the output <c>episodes</c>.</summary>
    public const int Episodes = 2;

    /// <summary>Index of the output <c>scores</c>.</summary>
    public const int Scores = 3;

    private const string Everyone = "agents";

    private static readonly Values<InputPort> Inputs = [new("actions", ActionMessages.Kind, "What every agent does, one token from each.", AcceptsAbsent: true, Many: true, Domain: Everyone)];

    private static readonly Values<OutputPort> Outputs =
    [
        new("steps", StepMessages.Kind, "What each agent sees and got, one token a vector step.", StepMessages.Layout, Distribution.PerInstance, Domain: Everyone),
        new("state", StateMessages.Kind, "What a centralised critic may see, one token a vector step.", StateMessages.Layout),
        new("episodes", EpisodeMessages.Kind, "Returns and lengths of ended episodes, one token an iteration of training.", EpisodeMessages.Layout, Observed: true),
        new("scores", ScoreMessages.Kind, "Every episode of an evaluation pass, one token a pass; none in training.", ScoreMessages.Layout, Observed: true),
    ];

    /// <summary>The component of a world.</summary>
    /// <param name="id"><c>environment/kebab-name</c>.</param>
    /// <param name="summary">One sentence.</param>
    /// <param name="source">Paper or reference implementation.</param>
    /// <param name="spec">The fixed facts, from the options.</param>
    /// <param name="create">The world with that many copies.</param>
    /// <param name="validate">Checks options together; see <see cref="Component.Validate"/>.</param>
    /// <param name="evaluated">The options under which policies are evaluated, where they differ (no curriculum); agents and spaces must not.</param>
    public static Component Of<TOptions>(
        string id,
        string summary,
        string source,
        Func<TOptions, WorldSpec> spec,
        Func<TOptions, int, IWorld> create,
        Func<TOptions, IEnumerable<(string Option, string Sentence)>>? validate = null,
        Func<TOptions, TOptions>? evaluated = null) => new()
        {
            Id = id,
            Summary = summary,
            Source = source,
            Options = OptionsSchema.Of<TOptions>(),
            Inputs = Inputs,
            Outputs = Outputs,
            IsClock = true,
            AllowsCopies = true,
            HasSuccess = options => spec((TOptions)options).HasSuccess,
            Domains = options => Domains(spec((TOptions)options)),
            Validate = options => validate?.Invoke((TOptions)options) ?? [],
            Sign = (options, context) => Sign(spec((TOptions)options), context),
            Create = (options, context) => new WorldStage(
                create(context.Purpose == Purpose.Evaluation && evaluated is not null ? evaluated((TOptions)options) : (TOptions)options, context.Copies), context),
        };

    /// <summary>All agents, and each team.</summary>
    private static Dictionary<string, Values<string>> Domains(WorldSpec spec)
    {
        var domains = new Dictionary<string, Values<string>> { [Everyone] = spec.Agents.Select(a => a.Name).ToValues() };
        foreach (var team in spec.Agents.Where(a => a.Team is not null).GroupBy(a => a.Team!))
        {
            domains.Add(team.Key, team.Select(a => a.Name).ToValues());
        }

        return domains;
    }

    private static Signature Sign(WorldSpec spec, SignatureContext context)
    {
        var copies = Term.Of(context.Copies);
        var reward = Term.Of(spec.Reward);
        var agents = Term.Of(spec.Agents.Count);
        var signature = new Signature()
            .In("actions", spec.Agents.Select(a => ActionMessages.Type(copies, Term.Of(a.Action))).ToValues())
            .Out("steps", spec.Agents.Select(a => StepMessages.Type(
                copies, Term.Of(a.Observation), Term.Of(a.Action), Term.Of(a.HasMask), reward, Term.Of(spec.FixedRoster))).ToValues())
            .Out("state", StateMessages.Type(copies, Term.Of(spec.View), agents, Term.Of(spec.StateWidth)))
            .Out("episodes", EpisodeMessages.Type(agents, reward, spec.HasSuccess))
            .Out("scores", ScoreMessages.Type(agents, copies, reward, spec.HasSuccess))
            .Starts("steps").Starts("state");
        var step = Phase.Once.Take("actions").Send("steps").Send("state");
        return context.Purpose == Purpose.Evaluation
            ? signature.Fires(step with { Repeat = Amount.Varying }, step.Send("scores")) // a cycle is a pass, as long as its longest episode
            : signature.Fires(step).EndsIteration("episodes");
    }
}
