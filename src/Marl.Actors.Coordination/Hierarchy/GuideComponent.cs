using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Coordination.Hierarchy;

/// <summary>
/// <c>coordinator/guide</c>: stands between an agent and what the agent would hear from, the world or, one level up, the group
/// it coordinates. It shows the agent the way to the goal that is set for it, pays it for coming nearer, and bridges two rates:
/// the agent acts at every step, the coordinator above hears a report and sets a goal at every k-th.
/// </summary>
public static class GuideComponent
{
    /// <summary>Index of the input <c>steps</c>.</summary>
    public const int Steps = 0;

    /// <summary>Index of the input <c>goals</c>.</summary>
    public const int Goals = 1;

    /// <summary>Index of the output <c>steps</c>.</summary>
    public const int Guided = 0;

    /// <summary>Index of the output <c>reports</c>.</summary>
    public const int Reports = 1;

    /// <summary>Index of the output <c>held</c>.</summary>
    public const int Held = 2;

    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "coordinator/guide",
        Summary = "Shows an agent the goal set for it, pays it for coming nearer, and reports to its coordinator every k steps.",
        Source = "Vezhnevets et al., FeUdal networks for hierarchical reinforcement learning, ICML 2017; Nachum et al., Data-efficient hierarchical reinforcement learning, NeurIPS 2018 (goals as points, intrinsic reward by distance).",
        Example = HierarchyExample.Text,
        Options = OptionsSchema.Of<GuideOptions>(),
        AllowsEach = true,
        Inputs =
        [
            new("steps", StepMessages.Kind, "What the agent's world, or its group, tells it, one token a step."),
            new("goals", GoalMessages.Kind, "Where the coordinator wants it, one token every k steps."),
        ],
        Outputs =
        [
            new("steps", StepMessages.Kind, "The same steps with the way to the goal behind the observation, and the agent's pay.", StepMessages.Layout),
            new("reports", StepMessages.Kind, "The beginning of every k-th observation, with the reward of the k steps before it.", StepMessages.Layout),
            new("held", GoalMessages.Kind, "The goal that holds at each step, for the groups below.", GoalMessages.Layout),
        ],
        Validate = options => ((GuideOptions)options).Conflicts(),
        Sign = (options, context) => Sign((GuideOptions)options, context),
        Create = (options, context) => new GuideStage((GuideOptions)options, context),
    };

    /// <summary>What an agent under a guide observes.</summary>
    internal static Box Observation(GuideOptions options) => new(options.Observes + GoalMessages.Dimensions);

    /// <summary>What is reported of it.</summary>
    internal static Box Reported(int width) => new(width);

    /// <summary>A report is acted upon by nobody but the group's coordinator, all members together.</summary>
    internal static Discrete NoAction { get; } = new(1);

    private static Signature Sign(GuideOptions options, SignatureContext context)
    {
        var (copies, action, mask) = (Term.Var("copies"), Term.Var("action"), Term.Var("mask"));
        var (isFixed, own, none) = (Term.Of(true), Term.Of(RewardConvention.PerAgent), Term.Of(false));
        var (asks, hears, goes) = (Phase.Once.Take("steps").Send("reports"), Phase.Once.Take("goals").Send("steps").Send("held"), Phase.Once.Take("steps").Send("steps").Send("held"));
        var signature = new Signature()
            .In("steps", StepMessages.Type(copies, Term.Var("observation"), action, mask, Term.Var("reward"), Term.Var("fixed-roster")))
            .In("goals", GoalMessages.Type(copies))
            .Out("steps", StepMessages.Type(copies, Term.Of(Observation(options)), action, mask, own, isFixed))
            .Out("reports", StepMessages.Type(copies, Term.Of(Reported(options.Report)), Term.Of(NoAction), none, own, isFixed))
            .Out("held", GoalMessages.Type(copies))
            .Where("steps", "observation", space => space is Box box && box.Length == options.Observes, $"an observation of {options.Observes} numbers, as 'observes' says")
            .Where("steps", "fixed-roster", isThere => isThere is true, "agents that act in every step");
        return context.Purpose == Purpose.Evaluation ? signature.Fires(asks, hears, goes with { Repeat = Amount.Varying })
            : options.Every == 1 ? signature.Fires(asks, hears)
            : signature.Fires(asks, hears, goes with { Repeat = options.Every - 1 });
    }
}
