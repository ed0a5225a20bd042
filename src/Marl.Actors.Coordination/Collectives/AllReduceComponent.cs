using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Coordination.Collectives;

/// <summary>
/// <c>collective/all-reduce</c>: the participants, one for each learner (<c>each: world.shards</c>), add what their learners
/// made and all come to the same result, without anybody in the middle.
/// </summary>
public static class AllReduceComponent
{
    /// <summary>Index of the input <c>own</c>.</summary>
    public const int Own = 0;

    /// <summary>Index of the input <c>others</c>.</summary>
    public const int Others = 1;

    /// <summary>Index of the output <c>result</c>.</summary>
    public const int Outcome = 0;

    /// <summary>Index of the output <c>shares</c>.</summary>
    public const int Shares = 1;

    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "collective/all-reduce",
        Summary = "Adds the gradients of all shards among themselves: each participant ends with the same mean, to the bit.",
        Source = "Thakur et al., Optimization of collective communication operations in MPICH, IJHPCA 19(1), 2005 (pairwise exchange, tree); bytes as Patarasuk and Yuan, Bandwidth optimal all-reduce algorithms, JPDC 69(2), 2009",
        Example = CollectiveExample.Text,
        Options = OptionsSchema.Of<AllReduceOptions>(),
        AllowsEach = true,
        Inputs =
        [
            new("own", GradientMessages.Kind, "What this participant's learner adds."),
            new("others", ShareMessages.Kind, "What the other participants say, one token from each a round: 'others: NAME.shares |> by-step', of the stage itself.", AcceptsAbsent: true, FromPeers: true),
        ],
        Outputs =
        [
            new("result", GradientMessages.Kind, "The mean or the sum, the same for all participants.", GradientLayout),
            new("shares", ShareMessages.Kind, "To each other participant, one token a round; absent where there is nothing to say.", ShareLayout, Distribution.PerInstance),
        ],
        Sign = (options, context) => Sign((AllReduceOptions)options, context),
        Create = (options, context) => new AllReduceStage((AllReduceOptions)options, context),
    };

    /// <summary>The layout of a block that travels as a whole.</summary>
    internal static MessageLayout GradientLayout(PortType type) => GradientMessages.Layout(ParameterRange.FromTerm(type["range"]).Length);

    /// <summary>How the participants proceed.</summary>
    /// <param name="options">The options.</param>
    /// <param name="self">Which participant, from 0.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="length">Floats in a block.</param>
    internal static IExchange Exchange(AllReduceOptions options, int self, int count, int length) => options.Algorithm == AllReduceAlgorithm.Ring
        ? new RingExchange(self, count, length, options.Reduction)
        : new TreeExchange(self, count, length, options.Reduction);

    /// <summary>Participants: all instances, in whatever shards they stand.</summary>
    internal static int Count(ShardPlace shard, int instances) => (shard.Index is null ? 1 : shard.Count) * instances;

    private static Signature Sign(AllReduceOptions options, SignatureContext context)
    {
        var count = Count(context.Shard, context.Instances);
        var exchange = Exchange(options, 0, count, 0);
        var (range, over) = (Term.Var("range"), Term.Of(exchange.Over));
        var answer = Phase.Once.Take("others");
        return new Signature()
            .In("own", GradientMessages.Type(range))
            .In("others", ShareMessages.Type(range, over))
            .Out("result", GradientMessages.Type(range))
            .Out("shares", ShareMessages.Type(range, over))
            .Where("others", "range", _ => context.Peers("others") == count - 1, "a token from each of the others at once ('|> by-step')")
            .Fires(Phase.Once.Take("own").Send("shares"), answer.Send("shares") with { Repeat = exchange.Rounds - 1 }, answer.Send("result"));
    }

    private static MessageLayout ShareLayout(PortType type)
    {
        var (length, over) = (ParameterRange.FromTerm(type["range"]).Length, type.Get<int>("over"));
        return ShareMessages.Layout((length + over - 1) / over);
    }
}
