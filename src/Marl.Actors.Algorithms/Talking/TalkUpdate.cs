using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
using Marl.Actors.Learning;
using Marl.Actors.Learning.Exchanges;
using Marl.Actors.Learning.Losses;
using Marl.Actors.Learning.Native;
using Marl.Actors.Learning.Optimisers;
using static TorchSharp.torch;

namespace Marl.Actors.Algorithms.Talking;

/// <summary>
/// One update: judge the batch with the critics as they are, then pass over it several times in random minibatches; each repeats
/// what all agents said in its steps, and takes an Adam step along the gradient of policy loss − entropy + value loss, clipped.
/// </summary>
internal sealed class TalkUpdate
{
    private readonly TalkOptions options;
    private readonly PpoOptions critics;
    private readonly TalkModel model;
    private readonly Adam adam;
    private readonly RandomKey key;
    private int[] order = []; // a permutation of the steps, or of the copies where whole sequences are needed

    public TalkUpdate(TalkOptions options, TalkModel model, RandomKey key)
    {
        (this.options, critics, this.model) = (options, options.Critics, model);
        this.key = key.Derive("minibatches");
        adam = new(model.Parameters.Length, options.AdamEpsilon);
    }

    /// <summary>Improves the model.</summary>
    /// <param name="batch">What the agents saw and did.</param>
    /// <param name="exchanges">What they said and heard, one an agent.</param>
    /// <param name="update">Number of this update, from 0.</param>
    /// <param name="total">Updates of the whole run.</param>
    /// <param name="figures">Cleared and filled.</param>
    /// <returns>The learning rate used.</returns>
    /// <exception cref="LearningDivergedException">The gradient is no longer finite.</exception>
    public double Run(Batch batch, Message[] exchanges, long update, long total, TalkFigures figures)
    {
        figures.Clear();
        Array.ForEach(model.Tables, t => t.Fill(batch));
        Array.ForEach(model.Groups, g => g.Fill(batch, exchanges));
        Array.ForEach(model.Critics, c => c.Judge(batch, critics, figures.Critics));
        PassAdvantages();
        var (actions, messages) = options.Entropies(update, total);
        var loss = new ExchangeLoss(options.Clip, actions, messages);
        var learningRate = options.LearningRateSchedule.At(options.LearningRate, update, total);
        var units = model.NeedsSequences ? batch.Copies : batch.Steps;
        var parts = Math.Min(options.Minibatches, units);
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            Shuffle(units, key.Derive((ulong)update).Derive((ulong)epoch).Stream());
            for (var part = 0; part < parts; part++)
            {
                var chosen = order.AsSpan((int)((long)part * units / parts)..(int)((part + 1L) * units / parts));
                Learn(model.NeedsSequences ? Sequences(chosen, batch) : chosen.ToArray(), loss, learningRate, update, figures);
            }
        }

        return learningRate;
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("learner.parameters", model.Parameters.Values);
        adam.Save(snapshot, "learner.adam");
        for (var i = 0; i < model.Critics.Length; i++)
        {
            model.Critics[i].Save(snapshot, $"learner.critic-{i}");
        }
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto("learner.parameters", model.Parameters.Change());
        adam.Load(snapshot, "learner.adam");
        for (var i = 0; i < model.Critics.Length; i++)
        {
            model.Critics[i].Load(snapshot, $"learner.critic-{i}");
        }
    }

    private void PassAdvantages()
    {
        foreach (var critic in model.Critics)
        {
            for (var column = 0; column < critic.Columns.Length; column++)
            {
                foreach (var agent in critic.Columns[column])
                {
                    model.Groups.First(g => g.Agents.Contains(agent)).Judge(agent, critic.Advantages(column));
                }
            }
        }
    }

    private void Learn(int[] steps, ExchangeLoss loss, double learningRate, long update, TalkFigures figures)
    {
        var sums = default(ExchangeSums);
        using (NewDisposeScope())
        {
            var outputs = model.Replay.Run([.. model.Groups.Select(g => g.Seen(steps))]);
            var sum = loss.Of(outputs[0], model.Groups[0].Chosen(steps), ref sums);
            for (var i = 1; i < outputs.Length; i++)
            {
                sum = sum.Plus(loss.Of(outputs[i], model.Groups[i].Chosen(steps), ref sums));
            }

            sum.backward();
        }

        var valueLoss = new ValueLoss((float)options.ValueWeight, 0);
        var value = model.Critics.Sum(c => c.Learn(steps, valueLoss));
        var norm = GradientNorm.Of(model.Parameters.Gradients);
        if (!double.IsFinite(norm))
        {
            throw new LearningDivergedException($"Learning diverged in update {update}: the gradient is no longer finite.");
        }

        figures.Add(sums, value, norm);
        adam.Step(model.Parameters.Change(), model.Parameters.Gradients, learningRate, GradientNorm.ClipFactor(norm, options.MaxGradientNorm));
    }

    /// <summary>All steps of some copies, the earliest first.</summary>
    private static int[] Sequences(ReadOnlySpan<int> copies, Batch batch)
    {
        var steps = new int[batch.Steps / batch.Copies * copies.Length];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = (i / copies.Length * batch.Copies) + copies[i % copies.Length];
        }

        return steps;
    }

    private void Shuffle(int units, RandomStream random)
    {
        order = order.Length == units ? order : new int[units];
        for (var i = 0; i < units; i++)
        {
            order[i] = i;
        }

        random.Shuffle(order.AsSpan());
    }
}
