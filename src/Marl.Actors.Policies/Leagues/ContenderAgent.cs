using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Leagues;

/// <summary>
/// <c>agent/contender</c>: a seat of a world in which players of a league meet. In each group of copies it stands for whom the
/// league's match says: the player that learns, the exploiter, or a past self of either. What it does for a learner goes to that
/// learner's rollouts, in which it is not active where it stood for another.
/// </summary>
public static class ContenderAgent
{
    /// <summary>Index of the input <c>matches</c>; <c>steps</c> and <c>weights</c> stand where those of other agents do.</summary>
    public const int Matches = 2;

    /// <summary>Index of the input <c>exploiter</c>.</summary>
    public const int Exploiter = 3;

    /// <summary>Index of the output <c>results</c>; <c>actions</c> and <c>rollouts</c> stand where those of other agents do.</summary>
    public const int Results = 2;

    /// <summary>Index of the output <c>exploits</c>.</summary>
    public const int Exploits = 3;

    private static readonly Term Nobody = Term.Of("nobody");

    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "agent/contender",
        Summary = "Stands, in each group of copies, for the player a league has matched: the one that learns, an exploiter of it, or a past self.",
        Source = "Vinyals et al., Grandmaster level in StarCraft II using multi-agent reinforcement learning, Nature 575, 2019; Heinrich, Lanctot, Silver, ICML 2015",
        Example = LeagueExample.Text,
        Options = OptionsSchema.Of<ContenderOptions>(),
        AllowsEach = true,
        Inputs =
        [
            .. AgentPorts.Inputs,
            new("matches", MatchMessages.Kind, "Whom it stands for, one token at the beginning of every rollout.", Only: Purpose.Training),
            new("exploiter", WeightsMessages.Kind, "The exploiter's policy, one token at the beginning of every rollout.", Required: false, Only: Purpose.Training),
        ],
        Outputs =
        [
            .. AgentPorts.Outputs,
            new("results", ResultMessages.Kind, "What came of the matches, and the policies as they are now: one token at the beginning of every rollout.", ResultLayout),
            new("exploits", RolloutMessages.Kind, "What it saw, did and got, as the exploiter's rollout.", RolloutMessages.Layout),
        ],
        ValidateInstances = (options, agents) => ((ContenderOptions)options).Sharing.Conflicts(agents),
        Sign = (options, context) => Sign((ContenderOptions)options, context),
        Create = (options, context) => Create((ContenderOptions)options, context),
    };

    /// <summary>Whether a port's type has an exploiter.</summary>
    public static bool HasExploiter(PortType type) => PolicySpec.TryFromTerm(type["exploiter"]) is not null;

    private static MessageLayout ResultLayout(PortType type) =>
        ResultMessages.Layout(type.Get<int>("groups"), PolicySpec.FromTerm(type["policy"]).Parameters, HasExploiter(type));

    private static IStage Create(ContenderOptions options, StageContext context) => context.Purpose == Purpose.Evaluation
        ? new PolicyStage(options.Rollout, options.Sharing, context, (policy, _) => new CategoricalBehaviour(context, policy.Choices), isStochastic: true)
        : new ContenderStage(options, context);

    private static Signature Sign(ContenderOptions options, SignatureContext context)
    {
        var (copies, observation, action) = (Term.Var("copies"), Term.Var("observation"), Term.Var("action"));
        var (mask, reward, groups, length) = (Term.Var("mask"), Term.Var("reward"), Term.Var("groups"), Term.Of(options.Rollout));
        var group = options.Sharing.Group(context.Stage, context.InstanceName);
        var identities = options.Sharing.Identities(context.Names, context.Instance);
        Term Policy(string name) => PolicySpec.ToTerm(name, options.Hidden, options.Activation, observation, action, identities: identities);
        var hasExploiter = context.Peers("exploiter") > 0;
        var (main, exploiter) = (Policy(group), hasExploiter ? Policy($"{group}/exploiter") : Nobody);
        PortType Rollouts(Term policy) => RolloutMessages.Type(length, copies, observation, action, mask, reward, policy, fixedRoster: Term.Of(false));
        var signature = new Signature()
            .In("steps", StepMessages.Type(copies, observation, action, mask, reward, Term.Var("fixed-roster")))
            .In("weights", WeightsMessages.Type(main))
            .In("matches", MatchMessages.Type(groups, main, exploiter))
            .Out("actions", ActionMessages.Type(copies, action))
            .Out("rollouts", Rollouts(main))
            .Out("results", ResultMessages.Type(groups, main, exploiter))
            .Out("exploits", Rollouts(Policy($"{group}/exploiter")))
            .Where("steps", "action", space => space is Discrete, "a discrete action space")
            .Where("steps", "observation", space => space is Box, "an observation of real numbers (a box)");
        signature = hasExploiter ? signature.In("exploiter", WeightsMessages.Type(exploiter)) : signature;
        var (looks, acts) = (Phase.Once.Take("steps"), Phase.Once.Take("steps").Send("actions"));
        if (context.Purpose == Purpose.Evaluation)
        {
            return signature.Fires(looks, Phase.Once.Take("weights").Send("actions"), acts with { Repeat = Amount.Varying });
        }

        var hears = Phase.Once.Take("weights").Send("results");
        return signature.Opens(looks).Fires(
            hasExploiter ? hears.Take("exploiter") : hears,
            Phase.Once.Take("matches").Send("actions"),
            acts with { Repeat = options.Rollout - 1 },
            hasExploiter ? looks.Send("rollouts").Send("exploits") : looks.Send("rollouts"));
    }
}
