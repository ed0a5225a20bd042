using Marl.Actors.Algorithms.Batches;
using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experience.Moments;
using Marl.Actors.Learning;
using Marl.Actors.Learning.Optimisers;
using Marl.Actors.Learning.Parallel;
using Marl.Actors.Policies.Agents;

namespace Marl.Actors.Algorithms.Values;

/// <summary>
/// One step of Q-learning on a batch: y = r + γ (1 − terminated) Q⁻(s′, a′), with a′ the best action of every agent by itself, and
/// a step of Adam along the gradient of the mean of (Q(s, a) − y)². Mnih et al., Nature 518, 2015; with a′ chosen by the learning
/// network: van Hasselt et al.: Deep reinforcement learning with double Q-learning, AAAI 2016. Where agents come and go,
/// <see cref="Lives"/> says what counts.
/// </summary>
internal sealed class ValueUpdate : IBatchLearning
{
    private readonly ValueLearnerOptions options;
    private readonly ValueMethod method;
    private readonly ValueModel model;
    private readonly ParallelPair looking;   // the learning networks look at a batch while the target networks do
    private readonly ParallelPair blaming;   // the agents' networks learn while the mixer does
    private readonly Adam adam;
    private readonly RunningMoments rewardMoments;
    private readonly int transitions;
    private readonly float[] chosen;         // [transitions, agents]: Q of what was done
    private readonly float[] next;           // [transitions, agents]: Q⁻ of what is best next
    private readonly float[] best;           // [transitions, agents]: what is best next
    private readonly float[] chosenGradients;
    private readonly float[] rewards;        // [transitions, totals]
    private readonly float[] totals;
    private readonly float[] targets;        // [transitions, totals]: first Q⁻, then y
    private readonly float[] totalGradients;
    private readonly Lives? lives;
    private Message batch = null!;           // under work

    public ValueUpdate(ValueLearnerOptions options, ValueMethod method, ValueModel model)
    {
        (this.options, this.method, this.model) = (options, method, model);
        (looking, blaming) = (new(LookOnline, LookTarget), new(BlameAgents, BlameMixer));
        (adam, rewardMoments) = (new(model.Online.Length, options.AdamEpsilon), new(model.Mixing.Totals));
        transitions = model.Length * model.Items;
        (chosen, next, best, chosenGradients) = (PerAgent(), PerAgent(), PerAgent(), PerAgent());
        (rewards, totals, targets, totalGradients) = (PerTotal(), PerTotal(), PerTotal(), PerTotal());
        lives = model.HasFixedRoster ? null : new(transitions, model.Items, model.AgentCount, model.Mixing.Totals);
        Groups = [.. model.ValueGroups.Select(g => g.Group)];

        float[] PerAgent() => new float[transitions * model.AgentCount];

        float[] PerTotal() => new float[transitions * model.Mixing.Totals];
    }

    /// <summary>Makes the model as well.</summary>
    public ValueUpdate(ValueLearnerOptions options, ValueMethod method, StageContext context)
        : this(options, method, new ValueModel(options, method, context))
    {
    }

    /// <summary>Updates done.</summary>
    public long Updates { get; private set; }

    public IReadOnlyList<AgentGroup> Groups { get; }

    public ReadOnlySpan<float> Policy(int group) => model.Policy(group);

    /// <summary>Learns from a batch.</summary>
    /// <exception cref="LearningDivergedException">The gradient is no longer finite.</exception>
    public void Run(Message batch, BatchFigures figures, ItemErrors? errors)
    {
        this.batch = batch;
        looking.Run();
        Array.ForEach(model.ValueGroups, g => Choose(g, batch));
        Mix(batch);
        Share(batch);
        Judge(batch, figures, errors);
        model.Mixer.Blame(transitions, totalGradients, chosenGradients);
        blaming.Run();
        var norm = GradientNorm.Of(model.Online.Gradients);
        if (!double.IsFinite(norm))
        {
            throw new LearningDivergedException($"The gradient of update {Updates} is not finite.");
        }

        adam.Step(model.Online.Change(), model.Online.Gradients, options.LearningRate, GradientNorm.ClipFactor(norm, options.MaxGradientNorm));
        Updates++;
        if (Updates % options.TargetPeriod == 0)
        {
            model.Target.Follow(model.Online.Values, (float)options.TargetRate);
        }

        figures.Add(ValueFigures.Norm, norm);
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("learner.updates", Updates);
        snapshot.Put("learner.parameters", model.Online.Values);
        snapshot.Put("learner.target", model.Target.Values);
        adam.Save(snapshot, "learner.adam");
        rewardMoments.Save(snapshot, "learner.rewards");
    }

    public void Load(StageSnapshot snapshot)
    {
        Updates = snapshot.GetOne<long>("learner.updates");
        snapshot.GetInto("learner.parameters", model.Online.Change());
        snapshot.GetInto("learner.target", model.Target.Change());
        adam.Load(snapshot, "learner.adam");
        rewardMoments.Load(snapshot, "learner.rewards");
    }

    public void Dispose() => model.Dispose();

    /// <summary>[L + 1, B, agents]; empty with a fixed roster.</summary>
    private static ReadOnlySpan<float> Active(Message batch) => batch.Has(BatchMessages.Active) ? batch[BatchMessages.Active] : [];

    /// <summary>Values of what was done at each step, and of what is best at the next: [transitions, agents]; 0 behind a sequence's end.</summary>
    private void Choose(ValueGroup group, Message batch)
    {
        var actions = batch[BatchMessages.Action];
        var masks = batch[BatchMessages.Mask];
        var filled = batch[BatchMessages.Filled];
        var active = Active(batch);
        var (actionStride, maskStride) = (actions.Length / transitions, masks.Length / (transitions + model.Items));
        var agents = group.Group.Agents;
        for (var agent = 0; agent < agents.Length; agent++)
        {
            var place = agents[agent];
            for (var position = 0; position < transitions; position++)
            {
                ref var now = ref chosen[(position * model.AgentCount) + place.Index];
                ref var then = ref next[(position * model.AgentCount) + place.Index];
                if (filled[position] == 0)
                {
                    (now, then) = (0, 0);
                    continue;
                }

                var after = position + model.Items;
                var action = (int)actions[(position * actionStride) + place.Action];
                now = Lives.IsThere(active, position, model.AgentCount, place.Index) ? group.Values(position, agent)[action] : 0;
                if (!Lives.IsThere(active, after, model.AgentCount, place.Index))
                {
                    (then, best[(position * model.AgentCount) + place.Index]) = (0, JointCritic.Nothing);
                    continue;
                }

                var judged = group.TargetValues(after, agent);
                var choice = ActionValues.Best(
                    options.DoubleQ ? group.Values(after, agent) : judged,
                    place.MaskWidth == 0 ? [] : masks.Slice((after * maskStride) + place.Mask, place.MaskWidth));
                then = judged[choice];
                best[(position * model.AgentCount) + place.Index] = choice;
            }
        }
    }

    private void LookOnline()
    {
        Array.ForEach(model.ValueGroups, g => g.Evaluate(batch[BatchMessages.Observation]));
        model.Mixer.Look(transitions, States(0));
    }

    private void LookTarget()
    {
        Array.ForEach(model.ValueGroups, g => g.EvaluateTarget(batch[BatchMessages.Observation]));
        if (model.Critic is null)
        {
            model.TargetMixer.Look(transitions, States(model.Items));
        }
    }

    /// <summary>States of as many positions as there are transitions, from one on; none where the world tells none.</summary>
    private ReadOnlySpan<float> States(int first)
    {
        var states = batch[BatchMessages.State];
        var stride = states.Length / (transitions + model.Items);
        return states.Slice(first * stride, transitions * stride);
    }

    private void Mix(Message batch)
    {
        model.Mixer.Mix(transitions, chosen, totals);
        if (model.Critic is { } critic)
        {
            critic.Next(batch, best, targets);
        }
        else
        {
            model.TargetMixer.Mix(transitions, next, targets);
        }
    }

    /// <summary>The rewards to learn from: [transitions, totals].</summary>
    private void Share(Message batch)
    {
        options.Reward.Share(batch[BatchMessages.Reward], model.AgentCount, rewards, model.Mixing.Totals);
        lives?.Take(batch, rewards);
        if (options.StandardiseRewards)
        {
            rewardMoments.Update(rewards);
            rewardMoments.Normalise(rewards, rewards, clip: double.PositiveInfinity);
        }
    }

    /// <summary>δ = Q − y and its gradient; means over the transitions that are there.</summary>
    private void Judge(Message batch, BatchFigures figures, ItemErrors? asked)
    {
        var filled = batch[BatchMessages.Filled];
        var terminated = batch[BatchMessages.Terminated];
        var weights = ItemWeights.Of(batch);
        var count = model.Mixing.Totals;
        var burnt = Math.Min(options.BurnIn * model.Items, transitions);
        var there = 0;
        foreach (var one in filled[burnt..])
        {
            there += (int)one;
        }

        var counted = lives?.Count(burnt) ?? there * count;
        var overestimated = (float)(method.Weighting?.Overestimated ?? 1);
        var (squares, errors, values, wanted) = (0.0, 0.0, 0.0, 0.0);
        var scale = counted > 0 ? 2f / counted : 0;
        for (var i = 0; i < totals.Length; i++)
        {
            var position = i / count;
            var total = i % count;
            if (position < burnt || filled[position] == 0 || lives?.Begins(position, total) is false)
            {
                totalGradients[i] = 0;
                continue;
            }

            var (isTerminal, last) = lives is null ? (terminated[position], i) : (lives.IsTerminal(position, total), (lives.Last(position, total) * count) + total);
            targets[i] = rewards[i] + ((float)options.Gamma * (1 - isTerminal) * targets[last]); // that of a later step is still Q⁻
            var error = totals[i] - targets[i];
            totalGradients[i] = scale * error * (error > 0 ? overestimated : 1) * (weights.IsEmpty ? 1 : weights[position % model.Items]);
            asked?.Add(position, error);
            squares += (double)error * error;
            errors += Math.Abs(error);
            values += totals[i];
            wanted += targets[i];
        }

        model.Critic?.Learn(batch, targets, scale, lives);
        var all = Math.Max(1, counted);
        figures.Add(ValueFigures.Loss, squares / all);
        figures.Add(ValueFigures.Error, errors / all);
        figures.Add(ValueFigures.Value, values / all);
        figures.Add(ValueFigures.Target, wanted / all);
    }

    private void BlameAgents() => Array.ForEach(model.ValueGroups, Blame);

    private void BlameMixer() => model.Mixer.Learn(transitions);

    private void Blame(ValueGroup group)
    {
        var actions = batch[BatchMessages.Action];
        var stride = actions.Length / transitions;
        var active = Active(batch);
        var agents = group.Group.Agents;
        for (var agent = 0; agent < agents.Length; agent++)
        {
            var place = agents[agent];
            for (var position = 0; position < transitions; position++)
            {
                if (Lives.IsThere(active, position, model.AgentCount, place.Index))
                {
                    group.Blame(position, agent, (int)actions[(position * stride) + place.Action], chosenGradients[(position * model.AgentCount) + place.Index]);
                }
            }
        }

        group.Backward();
    }
}
