using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Policies.Agents;

/// <summary>
/// <c>agent/random</c>: takes any allowed action, each as likely as the others, and learns nothing. An opponent to measure
/// against, and the floor of every learning curve.
/// </summary>
public static class RandomAgent
{
    private const int Steps = 0;
    private const int Actions = 0;

    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "agent/random",
        Summary = "Takes any allowed discrete action, each as likely as the others; an opponent to measure against.",
        Options = OptionsSchema.Of<NoOptions>(),
        AllowsEach = true,
        Inputs = [AgentPorts.Inputs[AgentPorts.Steps]],
        Outputs = [AgentPorts.Outputs[AgentPorts.Actions]],
        Sign = (_, _) => Sign(),
        Create = (_, context) => new RandomStage(context),
    };

    private static Signature Sign()
    {
        var (copies, action) = (Term.Var("copies"), Term.Var("action"));
        return new Signature()
            .In("steps", StepMessages.Type(copies, Term.Var("observation"), action, Term.Var("mask"), Term.Var("reward"), Term.Var("fixed-roster")))
            .Out("actions", ActionMessages.Type(copies, action))
            .Where("steps", "action", space => space is Discrete, "a discrete action space");
    }

    /// <summary>The stage: draws derive from the stamp, so that it has nothing to save.</summary>
    private sealed class RandomStage : IStage
    {
        private readonly StageContext context;
        private readonly MessagePool actions;
        private readonly int count;

        public RandomStage(StageContext context)
        {
            this.context = context;
            var type = context.Types.Input("steps");
            actions = new(ActionMessages.Layout(type.Get<int>("copies"), type.Get<Space>("action")));
            count = ((Discrete)type.Get<Space>("action")).Count;
        }

        public Needs Needs { get; } = new(1);

        public void Start(IOutputs outputs)
        {
        }

        public void Fire(Firing firing, IOutputs outputs)
        {
            var step = firing[Steps];
            var hasMask = step.Has(StepMessages.Mask);
            var message = actions.Rent(step.Stamp);
            var chosen = message.Write(ActionMessages.Action);
            var random = context.Key.Derive(step.Stamp).Stream();
            for (var copy = 0; copy < chosen.Length; copy++)
            {
                chosen[copy] = ActionValues.Any(hasMask ? step[StepMessages.Mask].Slice(copy * count, count) : [], count, random.NextDouble());
            }

            outputs.Send(Actions, message);
        }

        public void Save(StageSnapshot snapshot)
        {
        }

        public void Load(StageSnapshot snapshot)
        {
        }

        public void Dispose()
        {
        }
    }
}
