using Marl.Actors.Algorithms.Batches;
using Marl.Actors.Algorithms.CentralCritics;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Tests.CentralCritics;

public class CriticUpdateTests
{
    private const int Items = 8;

    [Theory]
    [InlineData(PolicyHead.SquashedGaussian)]
    [InlineData(PolicyHead.Deterministic)]
    public void Actors_climb_the_finite_differences_of_their_critics(PolicyHead head)
    {
        var context = Context(head);
        var method = Method(head);
        using var model = new CriticModel(new SacOptions(CriticHidden: [16]), method, context);
        var (batch, scale) = (Batch(context, 0), 1f / (2 * Items));
        var (actor, critic) = (model.ActorGroups[0], model.CriticGroups[0]);
        model.Joint.Take(batch);
        Loss();
        actor.Blame(batch, critic.Climb(batch, scale), 0.3 * scale, 0);
        var gradients = model.Actors.Gradients.ToArray();
        for (var i = 0; i < gradients.Length; i += 7)
        {
            const float step = 1 / 512f;
            model.Actors.Change()[i] += step;
            var above = Loss();
            model.Actors.Change()[i] -= 2 * step;
            var below = Loss();
            model.Actors.Change()[i] += step;
            Assert.Equal((above - below) / (2 * step), gradients[i], 5e-3);
        }

        double Loss()
        {
            actor.Act(batch, isNext: false, new(9));
            critic.Climb(batch, scale);
            var sum = 0.0;
            for (var row = 0; row < 2 * Items; row++)
            {
                sum += scale * ((0.3 * actor.LogDensities[row]) - critic.Least[row]);
            }

            return sum;
        }
    }

    [Theory]
    [InlineData(PolicyHead.SquashedGaussian)]
    [InlineData(PolicyHead.Deterministic)]
    public void A_saved_learner_goes_on_bit_for_bit(PolicyHead head)
    {
        var (context, options, snapshot) = (Context(head), new SacOptions(CriticHidden: [16], StandardiseRewards: true), new StageSnapshot());
        using var model = new CriticModel(options, Method(head), context);
        using var other = new CriticModel(options, Method(head), context);
        var (first, second) = (new CriticUpdate(options, Method(head), model, new(4)), new CriticUpdate(options, Method(head), other, new(4)));
        first.Run(Batch(context, 0), new(CriticFigures.Layout), null);
        first.Save(snapshot);
        second.Load(snapshot);
        var before = model.Actors.Values.ToArray();
        first.Run(Batch(context, 1), new(CriticFigures.Layout), null);
        second.Run(Batch(context, 1), new(CriticFigures.Layout), null);
        Assert.NotEqual(before, model.Actors.Values.ToArray());
        Assert.Equal(model.Actors.Values.ToArray(), other.Actors.Values.ToArray());
        Assert.Equal(model.TargetCritics.Values.ToArray(), other.TargetCritics.Values.ToArray());
    }

    [Theory]
    [InlineData(PolicyHead.SquashedGaussian)]
    [InlineData(PolicyHead.Deterministic)]
    public void Critics_learn_from_an_item_what_it_counts_for(PolicyHead head)
    {
        var context = Context(head);
        using var model = new CriticModel(new SacOptions(CriticHidden: [16]), Method(head), context);
        var (half, one, other) = (Gradients(0.5f, 0.25f), Gradients(1, 0), Gradients(0, 1));
        for (var i = 0; i < half.Length; i++)
        {
            Assert.Equal((0.5 * one[i]) + (0.25 * other[i]), half[i], 1e-5);
        }

        Assert.Contains(half, g => g != 0);

        float[] Gradients(float first, float second)
        {
            var (batch, errors) = (Batch(context, 0, first, second), new ItemErrors(Items));
            model.Joint.Take(batch);
            errors.Clear();
            model.Critics.Gradients.Clear();
            model.CriticGroups[0].Learn(batch, new float[2 * Items], 1, errors);
            Assert.All(errors.Tell(default)[PriorityMessages.Mean].ToArray(), e => Assert.True(e > 0));
            return model.Critics.Gradients.ToArray();
        }
    }

    [Theory]
    [InlineData(-3.0, true)] // more entropy than wanted: it becomes worth less
    [InlineData(3.0, false)]
    public void The_temperature_steers_the_entropy_to_its_target(double meanLogDensity, bool falls)
    {
        var temperature = new Temperature(new(0.5, 1e-2, -1), 1);
        temperature.Blame(0, meanLogDensity, 2);
        temperature.Step();
        Assert.Equal(falls, temperature[0] < 0.5);
    }

    private static CriticMethod Method(PolicyHead head) =>
        head == PolicyHead.SquashedGaussian ? CriticMethod.Sac(new()) : CriticMethod.Maddpg(new());

    private static StageContext Context(PolicyHead head)
    {
        var (observation, action) = (Term.Of(new Box(3)), Term.Of(new Box(2, -1, 3)));
        var policy = PolicySpec.ToTerm("team", [8], Activation.Tanh, observation, action, head, identities: 2);
        var agent = BatchMessages.Agent(observation, action, Term.Of(false), policy);
        return new()
        {
            Stage = "learner",
            Key = new(1),
            Types = new(
                new Dictionary<string, Values<PortType>>
                {
                    ["batches"] = [BatchMessages.Type(Term.Of(1), Term.Of(Items), Term.Of(1), Term.Of(0), Term.Of(RewardConvention.PerAgent), [agent, agent])],
                },
                new Dictionary<string, Values<PortType>>()),
        };
    }

    /// <summary>A batch whose first two items count so much and the others nothing; without that all count 1.</summary>
    private static Message Batch(StageContext context, int update, params float[] weights)
    {
        var message = Message.Create(BatchMessages.Layout(context.Types.Input("batches"), isWeighted: weights.Length > 0), new(update));
        var random = RandomKey.FromSeed(update).Stream();
        foreach (ref var x in message.WriteBlock())
        {
            x = (float)random.NextNormal();
        }

        message.Write(BatchMessages.Terminated).Clear();
        message.Write(BatchMessages.Filled).Fill(1);
        if (weights.Length > 0)
        {
            message.Write(BatchMessages.Weight).Clear();
            weights.CopyTo(message.Write(BatchMessages.Weight));
        }

        return message.Seal();
    }
}
