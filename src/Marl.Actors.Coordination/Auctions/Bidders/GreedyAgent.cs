using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Agents;

namespace Marl.Actors.Coordination.Auctions.Bidders;

/// <summary><c>agent/greedy</c>: what <c>agent/bidder</c> would do if it had not to ask: it takes the lot it values most. A floor for auctions.</summary>
internal static class GreedyAgent
{
    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "agent/greedy",
        Summary = "Takes the lot it values most without asking anybody; what auctions are measured against.",
        Options = OptionsSchema.Of<NoOptions>(),
        AllowsEach = true,
        Inputs = [AgentPorts.Inputs[AgentPorts.Steps]],
        Outputs = [AgentPorts.Outputs[AgentPorts.Actions]],
        Sign = (_, _) => new Signature()
            .In("steps", StepMessages.Type(Term.Var("copies"), Term.Var("observation"), Term.Var("action"), Term.Var("mask"), Term.Var("reward"), Term.Of(true)))
            .Out("actions", ActionMessages.Type(Term.Var("copies"), Term.Var("action")))
            .Where("steps", "observation", space => space is Box, "an observation of a value for each lot (a box)")
            .Where("steps", "action", space => space is Discrete { Count: > 1 }, "an action for nothing and one for each lot (a discrete space)"),
        Create = (_, context) => new GreedyStage(context),
    };

    private sealed class GreedyStage : IStage
    {
        private readonly MessagePool actions;
        private readonly int lots;

        public GreedyStage(StageContext context)
        {
            var type = context.Types.Output("actions");
            (actions, lots) = (new(ActionMessages.Layout(type)), ((Discrete)type.Get<Space>("action")).Count - 1);
        }

        public Needs Needs { get; } = new(1);

        public void Start(IOutputs outputs)
        {
        }

        public void Fire(Firing firing, IOutputs outputs)
        {
            var step = firing[AgentPorts.Steps];
            var message = actions.Rent(step.Stamp);
            var chosen = message.Write(ActionMessages.Action);
            var values = step[StepMessages.Observation];
            var width = values.Length / chosen.Length;
            for (var copy = 0; copy < chosen.Length; copy++)
            {
                var own = values.Slice(copy * width, Math.Min(lots, width));
                var best = -1;
                for (var lot = 0; lot < own.Length; lot++)
                {
                    best = own[lot] > (best < 0 ? 0 : own[best]) ? lot : best;
                }

                chosen[copy] = best + 1;
            }

            outputs.Send(AgentPorts.Actions, message);
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
