using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Coordination.Collectives;

/// <summary>
/// <c>collective/broadcast</c>: passes every gradient on to all who read it, so that its producer sends it once. Placed on the
/// node of its readers, a block crosses the network once for all of them.
/// </summary>
public static class BroadcastComponent
{
    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "collective/broadcast",
        Summary = "Passes gradients on to all who read them, so that their producer sends each of them once.",
        Source = "Thakur et al., Optimization of collective communication operations in MPICH, IJHPCA 19(1), 2005",
        Options = OptionsSchema.Of<NoOptions>(),
        Inputs = [new("value", GradientMessages.Kind, "What all are to have.")],
        Outputs = [new("values", GradientMessages.Kind, "The same.", AllReduceComponent.GradientLayout)],
        Sign = (_, _) => new Signature().In("value", GradientMessages.Type(Term.Var("range"))).Out("values", GradientMessages.Type(Term.Var("range"))),
        Create = (_, _) => new BroadcastStage(),
    };

    /// <summary>Has no state.</summary>
    private sealed class BroadcastStage : IStage
    {
        private static readonly Needs One = new(1);

        public Needs Needs => One;

        public void Start(IOutputs outputs)
        {
        }

        public void Fire(Firing firing, IOutputs outputs) => outputs.Send(0, firing[0].Retain());

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
