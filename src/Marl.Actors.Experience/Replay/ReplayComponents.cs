using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Experience.Replay;

/// <summary>The memories of the built-in catalog.</summary>
public static class ReplayComponents
{
    /// <summary>Index of the input <c>rollouts</c>.</summary>
    public const int Rollouts = 0;

    /// <summary>Index of the input <c>state</c>.</summary>
    public const int State = 1;

    /// <summary>Index of the input <c>priorities</c>, of <c>replay/prioritized</c> only.</summary>
    public const int Answers = 2;

    /// <summary>Index of the output <c>batches</c>.</summary>
    public const int Batches = 0;

    private static readonly InputPort RolloutPort = new("rollouts", RolloutMessages.Kind, "What every agent saw and did, one token from each an update.", Many: true);

    private static readonly InputPort StatePort = new("state", StateMessages.Kind, "The world's state, for learners that want it, one token a vector step.", Required: false);

    private static readonly InputPort AnswerPort = new(
        "priorities",
        PriorityMessages.Kind,
        "How far the learner was off, one token before each batch; it reads the learner through |> delay(steps=n), and a batch is drawn when all but the last n are answered.",
        AcceptsAbsent: true);

    /// <summary>Draws everything with the same probability.</summary>
    public static Component Uniform { get; } = new()
    {
        Id = "replay/uniform",
        Summary = "Holds the newest experience of all agents and draws batches from it, every item as likely.",
        Source = "Lin, Self-improving reactive agents, Machine Learning 8, 1992; Mnih et al., Nature 518, 2015.",
        Options = OptionsSchema.Of<ReplayOptions>(),
        Inputs = [RolloutPort, StatePort],
        Outputs = [new("batches", BatchMessages.Kind, "Past experience of all agents together; absent while the memory fills.", BatchMessages.Layout)],
        Validate = options => ((ReplayOptions)options).Conflicts(),
        Sign = (options, context) => Sign((ReplayOptions)options, context, Rhythm),
        Create = (options, context) => new ReplayStage((ReplayOptions)options, context),
    };

    /// <summary>Draws what its learner was far off on more often.</summary>
    public static Component Prioritised { get; } = new()
    {
        Id = "replay/prioritized",
        Summary = "Holds the newest experience of all agents and draws batches from it, items its learner was far off on more often.",
        Source = "Schaul et al., Prioritized experience replay, ICLR 2016; of sequences Kapturowski et al., Recurrent experience replay in distributed reinforcement learning, ICLR 2019.",
        Options = OptionsSchema.Of<PrioritisedOptions>(),
        Inputs = [RolloutPort, StatePort, AnswerPort],
        Outputs =
        [
            new(
                "batches",
                BatchMessages.Kind,
                "Past experience of all agents together, with weights that make up for what is drawn more often; absent while the memory fills.",
                type => BatchMessages.Layout(type, isWeighted: true)),
        ],
        Validate = options => ((PrioritisedOptions)options).Memory.Conflicts(),
        Sign = (options, context) => Sign(((PrioritisedOptions)options).Memory, context, Turns).In("priorities", PriorityMessages.Type(Term.Of(((PrioritisedOptions)options).Memory.Batch))),
        Create = (options, context) => new PrioritisedStage((PrioritisedOptions)options, context),
    };

    /// <summary>All batches of an update at once.</summary>
    private static Values<Phase> Rhythm(Phase update, int batches) => [update.Send("batches", batches)];

    /// <summary>A batch for each answer.</summary>
    private static Values<Phase> Turns(Phase update, int batches) => batches == 1
        ? [Turn(update)]
        : [Turn(update), Turn(Phase.Times(batches - 1))];

    private static Phase Turn(Phase phase) => phase.Take("priorities").Send("batches");

    private static Signature Sign(ReplayOptions options, SignatureContext context, Func<Phase, int, Values<Phase>> rhythm)
    {
        var agents = Enumerable.Range(0, Math.Max(1, context.Peers("rollouts"))).ToArray();
        var (length, copies, reward) = (Term.Var("length"), Term.Var("copies"), Term.Var("reward"));
        var hasState = context.Peers("state") > 0;
        var signature = new Signature()
            .In("rollouts", agents.Select(i => RolloutMessages.Type(
                length, copies, Of("observation", i), Of("action", i), Of("mask", i), reward, Of("policy", i), Of("stochastic", i), Term.Var("fixed-roster"))).ToValues())
            .Out(
                "batches",
                BatchMessages.Type(
                    Term.Of(options.Length),
                    Term.Of(options.Batch),
                    Term.Of(options.Updates),
                    hasState ? Term.Var("width") : Term.Of(0),
                    reward,
                    agents.Select(i => BatchMessages.Agent(Of("observation", i), Of("action", i), Of("mask", i), Of("policy", i))),
                    Term.Var("fixed-roster")));
        if (options.Unit == ReplayUnit.Transition)
        {
            // A transition of an agent's own may take several steps: in an item of one step it might never be whole.
            signature.Where("rollouts", "fixed-roster", isFixed => isFixed is true, "agents that act in every step of the world; of those that come and go draw 'unit: sequence' or 'unit: episode', with a 'length'");
        }

        var update = Phase.Once.Take("rollouts");
        return hasState
            ? signature.In("state", StateMessages.Type(copies, Term.Of(StateView.Joint), Term.Var("agents"), Term.Var("width")))
                .Opens(rhythm(update.Take("state", (Amount)length + 1), options.Updates)) // the state behind the last step begins the next rollout
                .Fires(rhythm(update.Take("state", length), options.Updates))
            : signature.Fires(rhythm(update, options.Updates));

        static Term Of(string name, int agent) => Term.Var($"{name}-{agent}");
    }
}
