using Marl.Actors.Core.Randomness;
using Marl.Actors.Learning;
using Marl.Actors.Learning.Losses;
using Marl.Actors.Learning.Optimisers;
using Marl.Actors.Learning.Parallel;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>
/// One update: judge the batch with the critics as they are, then pass over it several times in random minibatches, each an
/// Adam step along the gradient of policy loss − entropy bonus + value loss, clipped. Schulman et al. 2017, algorithm 1; the
/// details after Yu et al. 2022. A minibatch takes whole steps, with all agents in them; where a policy has a memory all steps of
/// some copies. Policies and critics touch disjoint
/// parameters, so they learn at the same time.
/// </summary>
internal sealed class PpoUpdate
{
    private readonly PpoOptions options;
    private readonly PpoModel model;
    private readonly RandomKey key;
    private readonly Adam adam;
    private readonly ParallelPair pair;
    private int[] order = [];       // a permutation of the steps, or of the copies where whole sequences are needed
    private int[] sequences = [];   // all steps of some copies, the earliest first
    private ReadOnlyMemory<int> minibatch;
    private PolicyLoss policyLoss;
    private PolicySums policySums;
    private ValueLoss valueLoss;
    private double valueSum;

    public PpoUpdate(PpoOptions options, PpoModel model, Adam adam, RandomKey key)
    {
        (this.options, this.model, this.adam, this.key) = (options, model, adam, key);
        pair = new(LearnPolicies, LearnValues);
    }

    /// <summary>Improves the model.</summary>
    /// <param name="batch">What to learn from.</param>
    /// <param name="update">Number of this update, from 0.</param>
    /// <param name="total">Updates of the whole run.</param>
    /// <param name="figures">Cleared and filled.</param>
    /// <returns>The learning rate used.</returns>
    /// <exception cref="LearningDivergedException">The gradient is no longer finite.</exception>
    public double Run(Batch batch, long update, long total, PpoFigures figures)
    {
        figures.Clear();
        Array.ForEach(model.Tables, t => t.Fill(batch));
        Array.ForEach(model.Groups, g => g.Fill(batch));
        Array.ForEach(model.Critics, c => c.Judge(batch, options, figures));
        PassAdvantages();
        var learningRate = options.LearningRateSchedule.At(options.LearningRate, update, total);
        var entropy = options.EntropyEnd < 0 ? options.Entropy : Schedules.Linear(options.Entropy, options.EntropyEnd, update, total);
        policyLoss = new((float)options.Clip, (float)entropy);
        valueLoss = new((float)options.ValueWeight, (float)options.ValueClip);
        var units = model.HasMemory ? batch.Copies : batch.Steps;
        var parts = Math.Min(options.Minibatches, units);
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            if (epoch > 0 && options.JudgeEachEpoch)
            {
                Array.ForEach(model.Critics, c => c.JudgeAgain(batch, options));
                PassAdvantages();
            }

            Shuffle(units, key.Derive((ulong)update).Derive((ulong)epoch).Stream());
            for (var part = 0; part < parts; part++)
            {
                var chosen = order.AsMemory((int)((long)part * units / parts)..(int)((part + 1L) * units / parts));
                minibatch = model.HasMemory ? Steps(chosen.Span, batch) : chosen;
                Step(learningRate, update, figures);
            }
        }

        if ((update + 1) % options.TargetPeriod == 0)
        {
            model.FollowCritics((float)options.TargetRate);
        }

        return learningRate;
    }

    private void PassAdvantages()
    {
        foreach (var critic in model.Critics)
        {
            for (var column = 0; column < critic.Columns.Length; column++)
            {
                foreach (var agent in critic.Columns[column])
                {
                    var group = model.Groups.First(g => g.Agents.Contains(agent));
                    group.Judge(Array.IndexOf(group.Agents, agent), critic.Advantages(column));
                }
            }
        }
    }

    /// <summary>All steps of some copies, the earliest first.</summary>
    private ReadOnlyMemory<int> Steps(ReadOnlySpan<int> copies, Batch batch)
    {
        if (sequences.Length != batch.Steps)
        {
            sequences = new int[batch.Steps];
        }

        var count = 0;
        for (var first = 0; first < batch.Steps; first += batch.Copies)
        {
            foreach (var copy in copies)
            {
                sequences[count++] = first + copy;
            }
        }

        return sequences.AsMemory(0, count);
    }

    private void Shuffle(int units, RandomStream random)
    {
        if (order.Length != units)
        {
            order = new int[units];
        }

        for (var i = 0; i < units; i++)
        {
            order[i] = i;
        }

        random.Shuffle(order.AsSpan());
    }

    private void Step(double learningRate, long update, PpoFigures figures)
    {
        policySums = default;
        valueSum = 0;
        pair.Run();
        var gradients = model.Parameters.Gradients;
        var norm = GradientNorm.Of(gradients);
        if (!double.IsFinite(norm))
        {
            throw new LearningDivergedException(
                $"Learning diverged in update {update}: the gradient is no longer finite.");
        }

        figures.AddMinibatch(policySums, valueSum, norm);
        adam.Step(model.Parameters.Change(), gradients, learningRate, GradientNorm.ClipFactor(norm, options.MaxGradientNorm));
    }

    private void LearnPolicies()
    {
        foreach (var group in model.Groups)
        {
            group.Learn(minibatch.Span, policyLoss, ref policySums);
        }
    }

    private void LearnValues()
    {
        foreach (var critic in model.Critics)
        {
            valueSum += critic.Learn(minibatch.Span, valueLoss);
        }
    }
}
