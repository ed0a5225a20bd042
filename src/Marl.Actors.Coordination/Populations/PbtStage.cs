using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Coordination.Populations;

/// <summary>
/// The stage of <see cref="PbtComponent"/>: tells every seat its first settings; then, exchange by exchange, hears scores and
/// weights of all and tells each how it goes on.
/// </summary>
internal sealed class PbtStage : IStage
{
    private static readonly Needs OneOfEach = new(1, 1);

    private readonly PbtOptions options;
    private readonly RewardConvention reward;
    private readonly RandomKey key;
    private readonly int count;              // of members
    private readonly double[] scores;        // by seat; NaN before the first episode
    private readonly int[] ancestors;        // by seat: the seat from which its line began
    private readonly SettingTable settings;
    private readonly MessagePool orders;     // to those that go on from others' weights
    private readonly MessagePool shortOrders;
    private readonly MessagePool metrics = new(PbtFigures.Layout);

    public PbtStage(PbtOptions options, StageContext context)
    {
        (this.options, key) = (options, context.Key);
        var type = context.Types.Input("members");
        reward = context.Types.Input("episodes").Get<RewardConvention>("reward");
        count = context.Types.Peers("members");
        var (weights, luggage) = PbtComponent.Lengths(type);
        (orders, shortOrders) = (new(OrderMessages.Layout(options.Settings.Count, weights, luggage)), new(OrderMessages.Layout(options.Settings.Count, 0, 0)));
        scores = [.. Enumerable.Repeat(double.NaN, count)];
        ancestors = [.. Enumerable.Range(0, count)];
        settings = new(options, count, key.Derive("first").Stream());
    }

    public Needs Needs => OneOfEach;

    public void Start(IOutputs outputs)
    {
        for (var seat = 0; seat < count; seat++)
        {
            outputs.Send(PbtComponent.Orders, seat, Order(default, seat, seat, null));
        }
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        var stamp = firing[PbtComponent.Members].Stamp;
        for (var seat = 0; seat < count; seat++)
        {
            Judge(seat, firing[PbtComponent.Episodes, seat]);
        }

        var random = key.Derive("exchange").Derive((ulong)stamp.Update).Stream();
        var exchange = scores.Any(double.IsNaN) ? Exchange.Nothing(count) : Exchange.Of(options, scores, ref random);
        var figures = PbtFigures.Of(firing, scores, exchange, ancestors, settings);
        Obey(exchange, ref random);
        for (var seat = 0; seat < count; seat++)
        {
            outputs.Send(PbtComponent.Orders, seat, Order(stamp, seat, exchange.From[seat], firing[PbtComponent.Members, exchange.From[seat]]));
        }

        var message = metrics.Rent(stamp);
        figures.CopyTo(message.WriteBlock());
        outputs.Send(PbtComponent.Metrics, message);
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<double>("population.scores", scores);
        snapshot.Put<int>("population.ancestors", ancestors);
        snapshot.Put<double>("population.settings", settings.Values);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<double>("population.scores", scores);
        snapshot.GetInto<int>("population.ancestors", ancestors);
        snapshot.GetInto<double>("population.settings", settings.Values);
    }

    public void Dispose()
    {
    }

    /// <summary>The mean over the episodes that have ended since the last exchange; where none has, the score stays.</summary>
    private void Judge(int seat, Message episodes)
    {
        var ended = episodes[EpisodeMessages.Count][0];
        if (ended > 0)
        {
            var sum = 0.0;
            foreach (var value in episodes[EpisodeMessages.Return])
            {
                sum += value;
            }

            var agents = episodes[EpisodeMessages.Return].Length;
            var team = (reward == RewardConvention.TeamSum ? sum / agents : sum) / ended;
            scores[seat] = options.Convention == ReturnConvention.TeamSum ? team : team / agents;
        }
    }

    private void Obey(Exchange exchange, ref RandomStream random)
    {
        ReadOnlySpan<int> before = [.. ancestors];
        ReadOnlySpan<double> judged = [.. scores];
        for (var seat = 0; seat < count; seat++)
        {
            ancestors[seat] = before[exchange.From[seat]];
            scores[seat] = judged[exchange.From[seat]];
        }

        settings.Follow(exchange, ref random);
    }

    private Message Order(Stamp stamp, int seat, int from, Message? member)
    {
        var isOwn = seat == from || member is null;
        var order = (isOwn ? shortOrders : orders).Rent(stamp);
        settings.Write(seat, order.Write(OrderMessages.Settings));
        order.Write(OrderMessages.From)[0] = from;
        if (!isOwn)
        {
            member![MemberMessages.Weights].CopyTo(order.Write(OrderMessages.Weights));
            member[MemberMessages.Luggage].CopyTo(order.Write(OrderMessages.Luggage));
        }

        return order;
    }
}
