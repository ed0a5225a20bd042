using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Coordination.Hierarchy;

/// <summary>
/// <c>coordinator/groups</c>: makes one level of a hierarchy. It puts the reports of a group's members together, for an agent
/// that coordinates them (<c>each: groups.groups</c>, any that acts and learns), and turns what that agent chooses, one of the
/// m! ways to share out m goals, into a goal for each member. What a coordinator sees and chooses from depends on the size of
/// its group, not on the number of agents; levels stack, as a group is a member of the level above.
/// </summary>
public static class GroupsComponent
{
    /// <summary>Index of the input <c>reports</c>.</summary>
    public const int Reports = 0;

    /// <summary>Index of the input <c>choices</c>.</summary>
    public const int Choices = 1;

    /// <summary>Index of the input <c>centres</c>.</summary>
    public const int Centres = 2;

    /// <summary>Index of the output <c>steps</c>.</summary>
    public const int Steps = 0;

    /// <summary>Index of the output <c>goals</c>.</summary>
    public const int Goals = 1;

    private const string Domain = "groups";

    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "coordinator/groups",
        Summary = "Puts the reports of groups together for agents that coordinate them, and makes goals for the members of what those choose.",
        Source = "Dayan, Hinton: Feudal reinforcement learning, NIPS 1992; Ahilan, Dayan: Feudal multi-agent hierarchies for cooperative reinforcement learning, 2019.",
        Example = HierarchyExample.Text,
        Options = OptionsSchema.Of<GroupsOptions>(),
        Inputs =
        [
            new("reports", StepMessages.Kind, "What every member reports, one token from each.", Many: true),
            new("choices", ActionMessages.Kind, "How each group's coordinator shares out the goals, one token from each.", Many: true),
            new("centres", GoalMessages.Kind, "Where the groups themselves shall be, one token for each, if a level above sets them goals.", Required: false, Many: true),
        ],
        Outputs =
        [
            new("steps", StepMessages.Kind, "What each group's coordinator observes and got.", StepMessages.Layout, Distribution.PerInstance, Domain: Domain),
            new("goals", GoalMessages.Kind, "Each member's goal.", GoalMessages.Layout, Distribution.PerInstance),
        ],
        Domains = options => new Dictionary<string, Values<string>> { [Domain] = Enumerable.Range(0, ((GroupsOptions)options).Groups).Select(g => $"group-{g}").ToValues() },
        Validate = options => ((GroupsOptions)options).Conflicts(),
        Sign = (options, context) => Sign((GroupsOptions)options, context),
        Create = (options, context) => new GroupsStage((GroupsOptions)options, context),
    };

    /// <summary>What a group's coordinator sees and does.</summary>
    internal static AgentSpec Coordinator(GroupsOptions options) => new("", new Box(options.Observes), new Discrete(Allotments.Ways(options.Size)));

    private static Signature Sign(GroupsOptions options, SignatureContext context)
    {
        var (copies, isFixed, own, none) = (Term.Var("copies"), Term.Of(true), Term.Of(RewardConvention.PerAgent), Term.Of(false));
        var (reports, members) = (context.Peers("reports"), options.Groups * options.Size);
        var coordinator = Coordinator(options);
        var gives = Phase.Once.Take("choices").Send("goals");
        var signature = new Signature()
            .In("reports", StepMessages.Type(copies, Term.Of(GuideComponent.Reported(options.Report)), Term.Of(GuideComponent.NoAction), none, own, isFixed))
            .In("choices", ActionMessages.Type(copies, Term.Of(coordinator.Action)))
            .Out("steps", StepMessages.Type(copies, Term.Of(coordinator.Observation), Term.Of(coordinator.Action), none, own, isFixed))
            .Out("goals", GoalMessages.Type(copies))
            .Where("reports", "reward", _ => reports == members, $"{members} members, {options.Size} for each of the {options.Groups} groups (there are {reports})");
        if (context.Peers("centres") > 0)
        {
            signature.In("centres", GoalMessages.Type(copies));
            gives = gives.Take("centres");
        }

        return signature.Fires(Phase.Once.Take("reports").Send("steps"), gives);
    }
}
