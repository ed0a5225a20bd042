using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Evolution;

/// <summary>
/// <c>agent/evolving</c>: a population, one member in each copy of the world. It holds the parameters and steps as the learner does,
/// from what each generation was worth; the weights themselves it is given in evaluation only.
/// </summary>
public static class EvolvingAgent
{
    /// <summary>Index of the input <c>generations</c>; <c>steps</c> and <c>weights</c> stand where those of other agents do.</summary>
    public const int Generations = 2;

    /// <summary>Index of the output <c>returns</c>.</summary>
    public const int Returns = 1;

    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "agent/evolving",
        Summary = "Tries a perturbed policy in each copy of its world, says what it got, and learns as the learner does without being sent weights.",
        Source = "Salimans et al., Evolution strategies as a scalable alternative to reinforcement learning, arXiv:1703.03864, algorithm 2 (a worker)",
        Options = OptionsSchema.Of<EvolvingOptions>(),
        AllowsEach = true,
        Inputs =
        [
            AgentPorts.Inputs[AgentPorts.Steps],
            new("weights", WeightsMessages.Kind, "The policy to be evaluated, one token at the beginning of every pass.", Only: Purpose.Evaluation),
            new("generations", GenerationMessages.Kind, "What the members of the generation before were worth, one token at the beginning of every generation.", Only: Purpose.Training),
        ],
        Outputs =
        [
            AgentPorts.Outputs[AgentPorts.Actions],
            new("returns", ReturnMessages.Kind, "What each copy's member got, one token a generation.", ReturnMessages.Layout),
        ],
        ValidateInstances = (options, agents) => ((EvolvingOptions)options).Sharing.Conflicts(agents),
        Sign = (options, context) => Sign((EvolvingOptions)options, context),
        Create = (options, context) => context.Purpose == Purpose.Evaluation ? Evaluated((EvolvingOptions)options, context) : new EvolvingStage((EvolvingOptions)options, context),
    };

    /// <summary>How a policy chooses: discrete actions as the context says, those of a box without noise.</summary>
    internal static IBehaviour Behaviour(PolicySpec policy, int copies, StageContext context) => policy.Action.Match<IBehaviour>(
        discrete => new CategoricalBehaviour(context, discrete.Count),
        box => new DeterministicBehaviour(new(NoiseStart: 0, NoiseEnd: 0), context, box, copies));

    /// <summary>In evaluation it is an agent like others.</summary>
    private static PolicyStage Evaluated(EvolvingOptions options, StageContext context) =>
        new(options.Generation, options.Sharing, context, (policy, copies) => Behaviour(policy, copies, context));

    private static Signature Sign(EvolvingOptions options, SignatureContext context)
    {
        var (copies, observation, action, reward) = (Term.Var("copies"), Term.Var("observation"), Term.Var("action"), Term.Var("reward"));
        var policy = PolicySpec.ToTerm(
            options.Sharing.Group(context.Stage, context.InstanceName),
            options.Hidden,
            options.Activation,
            observation,
            action,
            PolicyHead.Deterministic,
            options.Sharing.Identities(context.Names, context.Instance),
            options.Memory);
        var signature = new Signature()
            .In("steps", StepMessages.Type(copies, observation, action, Term.Var("mask"), reward, Term.Var("fixed-roster")))
            .In("weights", WeightsMessages.Type(policy))
            .In("generations", GenerationMessages.Type(copies, Term.Var("shards"), policy))
            .Out("actions", ActionMessages.Type(copies, action))
            .Out("returns", ReturnMessages.Type(Term.Of(options.Generation), copies, reward, policy))
            .Where("steps", "action", space => space is Discrete || (space is Box box && Squash.Fits(box)), "a discrete action space, or one of real numbers between finite bounds (a bounded box)")
            .Where("steps", "observation", space => space is Box, "an observation of real numbers (a box)")
            .Where("steps", "fixed-roster", isFixed => isFixed is true, "agents that act in every step");
        var (looks, acts) = (Phase.Once.Take("steps"), Phase.Once.Take("steps").Send("actions"));
        return context.Purpose == Purpose.Evaluation
            ? signature.Fires(looks, Phase.Once.Take("weights").Send("actions"), acts with { Repeat = Amount.Varying })
            : signature.Opens(looks).Fires(Phase.Once.Take("generations").Send("actions"), acts with { Repeat = options.Generation - 1 }, looks.Send("returns"));
    }
}
