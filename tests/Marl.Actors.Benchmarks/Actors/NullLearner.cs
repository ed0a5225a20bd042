using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Benchmarks.Actors;

/// <summary>A learner that learns nothing: takes the rollouts, sends the weights it began with.</summary>
internal static class NullLearner
{
    public static Component Component { get; } = new()
    {
        Id = "algorithm/none",
        Summary = "Learns nothing; for measuring what the actors cost.",
        Options = OptionsSchema.Of<NoOptions>(),
        Inputs = [new("rollouts", RolloutMessages.Kind, "What is dropped.")],
        Outputs = [new("weights", WeightsMessages.Kind, "The weights it began with.", type => WeightsMessages.Layout(PolicySpec.FromTerm(type["policy"]).Network.Parameters), Distribution.PerInstance)],
        IsCompute = true,
        Sign = (_, context) => new Signature()
            .In("rollouts", Peers(context, i => RolloutMessages.Type(
                Term.Var("length"), Term.Var("copies"), Term.Var($"o{i}"), Term.Var($"a{i}"), Term.Var($"m{i}"), Term.Var("reward"), Term.Var($"p{i}"))))
            .Out("weights", Peers(context, i => WeightsMessages.Type(Term.Var($"p{i}"))))
            .Starts("weights"),
        Create = (_, context) => new Stage(context),
    };

    /// <summary>The parameters every policy keeps.</summary>
    public static float[] Parameters(NetworkSpec network) => Initialisation.Orthogonal(network, 0.01, RandomKey.FromSeed(1));

    private static Values<PortType> Peers(SignatureContext context, Func<int, PortType> type) =>
        Enumerable.Range(0, context.Peers("rollouts")).Select(type).ToValues();

    private sealed class Stage(StageContext context) : IStage
    {
        private readonly float[][] parameters =
            [.. context.Types.Outputs["weights"].Select(type => Parameters(PolicySpec.FromTerm(type["policy"]).Network))];

        private int version;

        public Needs Needs { get; } = new(1);

        public void Start(IOutputs outputs) => Send(outputs);

        public void Fire(Firing firing, IOutputs outputs)
        {
            version++;
            Send(outputs);
        }

        public void Save(StageSnapshot snapshot) => snapshot.Put("version", version);

        public void Load(StageSnapshot snapshot) => version = snapshot.GetOne<int>("version");

        public void Dispose()
        {
        }

        private void Send(IOutputs outputs)
        {
            for (var peer = 0; peer < parameters.Length; peer++)
            {
                var message = Message.Create(WeightsMessages.Layout(parameters[peer].Length), new(version));
                parameters[peer].CopyTo(message.Write(WeightsMessages.Parameters));
                outputs.Send(0, peer, message);
            }
        }
    }
}
