using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Coordination.Collectives;

/// <summary>
/// <c>collective/reduce</c>: takes the gradients of all shards and adds them in the order of the fixed tree. With a
/// <c>collective/broadcast</c> behind it, an all-reduce through the middle: 2 blocks for each learner.
/// </summary>
public static class ReduceComponent
{
    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "collective/reduce",
        Summary = "Adds the gradients of all shards in one place, in the order of a fixed tree.",
        Source = "Thakur et al., Optimization of collective communication operations in MPICH, IJHPCA 19(1), 2005",
        Options = OptionsSchema.Of<ReduceOptions>(),
        Inputs = [new("values", GradientMessages.Kind, "A gradient from each learner.", AcceptsShards: true)],
        Outputs = [new("result", GradientMessages.Kind, "Their mean or their sum.", AllReduceComponent.GradientLayout)],
        Sign = (_, context) => new Signature()
            .In("values", GradientMessages.Type(Term.Var("range")))
            .Out("result", GradientMessages.Type(Term.Var("range")))
            .Where("values", "range", _ => context.Shard.Heard == 1 || context.Peers("values") > 1, "a gradient from each learner at once ('values: … |> by-step')"),
        Create = (options, context) => new ReduceStage((ReduceOptions)options, context),
    };

    /// <summary>Has no state: every firing is an operation of its own.</summary>
    private sealed class ReduceStage : IStage
    {
        private static readonly Needs OneFromEach = new(1);

        private readonly ReduceOptions options;
        private readonly Memory<float>[] parts;
        private readonly MessagePool results;

        public ReduceStage(ReduceOptions options, StageContext context)
        {
            this.options = options;
            var length = ParameterRange.FromTerm(context.Types.Input("values")["range"]).Length;
            parts = [.. Enumerable.Range(0, context.Types.Peers("values")).Select(_ => new Memory<float>(new float[length]))];
            results = new(GradientMessages.Layout(length));
        }

        public Needs Needs => OneFromEach;

        public void Start(IOutputs outputs)
        {
        }

        public void Fire(Firing firing, IOutputs outputs)
        {
            for (var i = 0; i < parts.Length; i++)
            {
                firing[0, i][GradientMessages.Gradient].CopyTo(parts[i].Span);
            }

            ReductionTree.Sum(parts);
            if (options.Reduction == Reduction.Mean)
            {
                ReductionTree.Divide(parts[0].Span, parts.Length);
            }

            var result = results.Rent(firing[0].Stamp);
            parts[0].Span.CopyTo(result.Write(GradientMessages.Gradient));
            firing[0][GradientMessages.Origin].CopyTo(result.Write(GradientMessages.Origin));
            outputs.Send(0, result);
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
