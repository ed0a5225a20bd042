using Marl.Actors.Algorithms.Batches;
using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experience.Moments;
using Marl.Actors.Learning;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Learning.Optimisers;

namespace Marl.Actors.Algorithms.CentralCritics;

/// <summary>
/// One step of learning on a batch: critics towards their targets, actors up the critics' gradient, the temperature towards its
/// entropy, targets after them. Haarnoja et al.: Soft actor-critic algorithms and applications, 2019, algorithm 1; Lowe et al.:
/// Multi-agent actor-critic for mixed cooperative-competitive environments, NeurIPS 2017, algorithm 1, is the case without entropy.
/// </summary>
internal sealed class CriticUpdate(ICriticLearning options, CriticMethod method, CriticModel model, RandomKey key) : IBatchLearning
{
    private readonly Adam actorAdam = new(model.Actors.Length, options.AdamEpsilon);
    private readonly Adam criticAdam = new(model.Critics.Length, options.AdamEpsilon);
    private readonly Temperature? temperature = method.Entropy is { } aim ? new(aim, model.ActorGroups.Length) : null;
    private readonly RunningMoments rewardMoments = new(model.AgentCount);
    private readonly float[] rewards = new float[model.Transitions * model.AgentCount];
    private readonly float[][] targets = [.. model.ActorGroups.Select(g => new float[model.Transitions * g.Agents.Length])]; // y: [rows]

    /// <summary>Makes the model as well.</summary>
    public CriticUpdate(ICriticLearning options, CriticMethod method, StageContext context)
        : this(options, method, new CriticModel(options, method, context), context.Key)
    {
    }

    /// <summary>Updates done.</summary>
    public long Updates { get; private set; }

    public IReadOnlyList<AgentGroup> Groups { get; } = [.. model.ActorGroups.Select(g => g.Group)];

    public ReadOnlySpan<float> Policy(int group) => model.Policy(group);

    /// <summary>Learns from a batch.</summary>
    /// <exception cref="LearningDivergedException">A gradient is no longer finite.</exception>
    public void Run(Message batch, BatchFigures figures, ItemErrors? errors)
    {
        var there = 0;
        foreach (var one in batch[BatchMessages.Filled])
        {
            there += (int)one;
        }

        Share(batch);
        model.Joint.Take(batch);
        Aim(batch);
        ImproveCritics(batch, there, figures, errors);
        ImproveActors(batch, there, figures);
        model.TargetCritics.Follow(model.Critics.Values, (float)options.TargetRate);
        if (method.HasTargetActors)
        {
            model.TargetActors.Follow(model.Actors.Values, (float)options.TargetRate);
        }

        Updates++;
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("learner.updates", Updates);
        snapshot.Put("learner.actors", model.Actors.Values);
        snapshot.Put("learner.critics", model.Critics.Values);
        snapshot.Put("learner.target-critics", model.TargetCritics.Values);
        snapshot.Put("learner.target-actors", model.TargetActors.Values);
        actorAdam.Save(snapshot, "learner.actors.adam");
        criticAdam.Save(snapshot, "learner.critics.adam");
        temperature?.Save(snapshot);
        rewardMoments.Save(snapshot, "learner.rewards");
    }

    public void Load(StageSnapshot snapshot)
    {
        Updates = snapshot.GetOne<long>("learner.updates");
        snapshot.GetInto("learner.actors", model.Actors.Change());
        snapshot.GetInto("learner.critics", model.Critics.Change());
        snapshot.GetInto("learner.target-critics", model.TargetCritics.Change());
        snapshot.GetInto("learner.target-actors", model.TargetActors.Change());
        actorAdam.Load(snapshot, "learner.actors.adam");
        criticAdam.Load(snapshot, "learner.critics.adam");
        temperature?.Load(snapshot);
        rewardMoments.Load(snapshot, "learner.rewards");
    }

    public void Dispose() => model.Dispose();

    private void Share(Message batch)
    {
        options.Reward.Share(batch[BatchMessages.Reward], model.AgentCount, rewards, model.AgentCount);
        if (options.StandardiseRewards)
        {
            rewardMoments.Update(rewards);
            rewardMoments.Normalise(rewards, rewards, clip: double.PositiveInfinity);
        }
    }

    /// <summary>y = r + γ (1 − terminated) (min Q⁻(x′, a′) − α ln π(a′|o′)), with a′ from the policies.</summary>
    private void Aim(Message batch)
    {
        for (var group = 0; group < model.ActorGroups.Length; group++)
        {
            var actor = model.ActorGroups[group];
            actor.Act(batch, isNext: true, Noise(batch, 0, group));
            for (var row = 0; row < targets[group].Length; row++)
            {
                var (transition, agent) = Math.DivRem(row, actor.Agents.Length);
                actor.Actions.Slice(row * actor.Width, actor.Width).CopyTo(model.Joint.NextOf(transition, actor.Agents[agent].Index));
                targets[group][row] = -(float)(Worth(group) * actor.LogDensities[row]);
            }
        }

        var terminated = batch[BatchMessages.Terminated];
        for (var group = 0; group < model.ActorGroups.Length; group++)
        {
            var (actor, critic) = (model.ActorGroups[group], model.CriticGroups[group]);
            critic.JudgeNext(batch);
            for (var row = 0; row < targets[group].Length; row++)
            {
                var (transition, agent) = Math.DivRem(row, actor.Agents.Length);
                var reward = rewards[(transition * model.AgentCount) + actor.Agents[agent].Index];
                targets[group][row] = reward + ((float)options.Gamma * (1 - terminated[transition]) * (critic.Least[row] + targets[group][row]));
            }
        }
    }

    /// <summary>A step down the mean of (Q(x, a) − y)² of every critic.</summary>
    private void ImproveCritics(Message batch, int there, BatchFigures figures, ItemErrors? errors)
    {
        for (var group = 0; group < model.CriticGroups.Length; group++)
        {
            var scale = 1f / (there * model.ActorGroups[group].Agents.Length);
            var (squares, values) = model.CriticGroups[group].Learn(batch, targets[group], scale, errors);
            figures.Add(CriticFigures.Loss, squares * scale / method.Critics / model.ActorGroups.Length);
            figures.Add(CriticFigures.Value, values * scale / model.ActorGroups.Length);
        }

        figures.Add(CriticFigures.CriticNorm, Step(criticAdam, model.Critics, options.CriticRate));
    }

    /// <summary>A step down the mean of α ln π(a|o) − min Q(x, a), a from the policy; then the temperature's.</summary>
    private void ImproveActors(Message batch, int there, BatchFigures figures)
    {
        for (var group = 0; group < model.ActorGroups.Length; group++)
        {
            var actor = model.ActorGroups[group];
            var scale = 1.0 / (there * actor.Agents.Length);
            actor.Act(batch, isNext: false, Noise(batch, 1, group));
            var gradients = model.CriticGroups[group].Climb(batch, (float)scale);
            actor.Blame(batch, gradients, Worth(group) * scale, 2 * method.OutputPenalty * scale / actor.Spec.Network.Outputs);
            var mean = MeanLogDensity(actor, batch[BatchMessages.Filled]) * scale;
            temperature?.Blame(group, mean, actor.Width);
            figures.Add(CriticFigures.Entropy, -mean / model.ActorGroups.Length);
            figures.Add(CriticFigures.Temperature, Worth(group) / model.ActorGroups.Length);
        }

        figures.Add(CriticFigures.ActorNorm, Step(actorAdam, model.Actors, options.ActorRate));
        temperature?.Step();
    }

    private static double MeanLogDensity(ActorGroup actor, ReadOnlySpan<float> filled)
    {
        var sum = 0.0;
        for (var row = 0; row < actor.LogDensities.Length; row++)
        {
            sum += filled[row / actor.Agents.Length] * actor.LogDensities[row];
        }

        return sum;
    }

    /// <summary>What a unit of entropy is worth to a group: α.</summary>
    private double Worth(int group) => temperature?[group] ?? 0;

    private RandomKey Noise(Message batch, ulong phase, int group) => key.Derive(batch.Stamp).Derive(phase).Derive((ulong)group);

    private double Step(Adam adam, FlatParameters parameters, double rate)
    {
        var norm = GradientNorm.Of(parameters.Gradients);
        if (!double.IsFinite(norm))
        {
            throw new LearningDivergedException($"The gradient of update {Updates} is not finite.");
        }

        adam.Step(parameters.Change(), parameters.Gradients, rate, GradientNorm.ClipFactor(norm, options.MaxGradientNorm));
        return norm;
    }
}
