using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Learning.Optimisers;
using Xunit;

namespace Marl.Actors.Algorithms.Tests.Ppo;

/// <summary>What makes up a member goes over to another seat whole.</summary>
public sealed class PopulationSeatTests
{
    private static readonly PpoOptions Options = new(Hidden: [8]);

    [Fact]
    public void A_member_sits_down_elsewhere_to_the_bit()
    {
        var context = new EpymarlRollouts(new("learner_ippo.json"), seesState: false, memory: 8).Context(hidden: [8]);
        int[] agents = [.. Enumerable.Range(0, context.Types.Peers("rollouts"))];
        using var one = new PpoShard(Options, new(Options, context, agents), new RandomKey(1), 0);
        using var other = new PpoShard(Options, new(Options, context, agents), new RandomKey(1), 1);
        var (adam, otherAdam) = (new Adam(one.Model.Parameters.Length), new Adam(one.Model.Parameters.Length));
        var random = RandomKey.FromSeed(5).Stream();
        for (var step = 0; step < 300; step++)
        {
            foreach (ref var gradient in one.Model.Parameters.Gradients)
            {
                gradient = (float)random.NextNormal();
            }

            adam.Step(one.Model.Parameters.Change(), one.Model.Parameters.Gradients, 1e-3);
        }

        for (var i = 0; i < one.Model.Critics.Length; i++)
        {
            one.Model.Critics[i].Load(Scale(random.NextNormal()), "scale");
        }

        var type = OrderMessages.Type(
            Term.Of(new[] { "learningRate", "entropy" }.ToValues()), Term.Of(3), Term.Of(one.Model.Parameters.Length), Term.Of(PopulationSeat.Times), Term.Of(PopulationSeat.More(agents.Length)));
        var (seat, second) = (new PopulationSeat(type, one.Model.Parameters.Length), new PopulationSeat(type, one.Model.Parameters.Length));
        var member = seat.Member(new(4), one, adam);
        Assert.NotEqual(State(one, adam), State(other, otherAdam));
        Assert.True(second.AwaitsOrder);

        second.Obey(Order(member, 0.5f, 0.25f), other, otherAdam);

        Assert.False(second.AwaitsOrder);
        Assert.Equal(State(one, adam), State(other, otherAdam));
        Assert.Equal(Options with { LearningRate = 0.5, Entropy = 0.25 }, second.Settled(Options));
        Assert.Equal([false, false, true, false], (bool[])[second.Count(), second.Count(), second.Count(), second.Count()]);
    }

    [Fact]
    public void What_can_be_ordered_are_numbers_on_which_nothing_is_built()
    {
        Assert.True(PpoSettings.AreKnown(PpoSettings.All.Keys.ToValues()));
        Assert.False(PpoSettings.AreKnown(new[] { "hidden" }.ToValues()));
        foreach (var (name, change) in PpoSettings.All)
        {
            var changed = change(Options, 0.125);
            Assert.NotEqual(Options, changed);
            Assert.Equal(0.125, typeof(PpoOptions).GetProperty(char.ToUpperInvariant(name[0]) + name[1..])!.GetValue(changed));
        }
    }

    private static Message Order(Message member, params float[] settings)
    {
        var order = Message.Create(OrderMessages.Layout(settings.Length, member[MemberMessages.Weights].Length, member[MemberMessages.Luggage].Length), member.Stamp);
        settings.CopyTo(order.Write(OrderMessages.Settings));
        member[MemberMessages.Weights].CopyTo(order.Write(OrderMessages.Weights));
        member[MemberMessages.Luggage].CopyTo(order.Write(OrderMessages.Luggage));
        return order.Seal();
    }

    private static StageSnapshot Scale(double number)
    {
        var snapshot = new StageSnapshot();
        snapshot.Put("scale.running.count", 1e9 + number);
        snapshot.Put<double>("scale.running.mean", [number / 3]);
        snapshot.Put<double>("scale.running.variance", [number * number]);
        snapshot.Put<double>("scale.exponential", [1, -number / 7, 1 / (number * number)]);
        return snapshot;
    }

    private static string State(PpoShard shard, Adam adam)
    {
        var snapshot = new StageSnapshot();
        snapshot.Put("parameters", shard.Model.Parameters.Values);
        adam.Save(snapshot, "adam");
        shard.Save(snapshot, "shard");
        return string.Join('\n', snapshot.Entries.Select(e => $"{e.Key} {Convert.ToHexString(e.Value)}"));
    }
}
