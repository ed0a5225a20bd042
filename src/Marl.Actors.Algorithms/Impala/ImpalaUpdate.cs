using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experience.Moments;
using Marl.Actors.Experience.Returns;
using Marl.Actors.Learning;
using Marl.Actors.Learning.Losses;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Learning.Optimisers;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Impala;

/// <summary>
/// A policy and its critic, and one update of both: rollout by rollout V-trace is computed and the gradient of
/// −A log π − c H + w ½ (V − v)² added (Espeholt et al. 2018, section 4.2), then Adam takes one step. (The paper has RMSProp and
/// population-based tuning of its ε; Adam needs none, and the other learners here have it.)
/// </summary>
internal sealed class ImpalaUpdate : IDisposable
{
    private readonly ImpalaOptions options;
    private readonly FlatParameters parameters;
    private readonly Adam adam;
    private readonly ITrainableNetwork policy;
    private readonly ITrainableNetwork critic;
    private readonly ObservationTable observations;
    private readonly CriticValues said;
    private readonly ValueScale scale;
    private readonly VTrace trace;
    private readonly int steps;      // T · B of a rollout
    private readonly int blockSteps;
    private readonly float[] current;     // log π, [T, B]
    private readonly float[] ratios;      // ρ
    private readonly float[] discounts;
    private readonly float[] nextValues;
    private readonly float[] targets;     // v, as values, then in the unit of the critic's outputs
    private readonly float[] advantages;
    private readonly float[] residuals;
    private PolicySums sums;
    private double valueSum;

    /// <exception cref="StageException">The backend or the device is not to be had here.</exception>
    public ImpalaUpdate(ImpalaOptions options, StageContext context)
    {
        RequiredBackend.Load(options.Backend, options.Device);
        this.options = options;
        var rollouts = context.Types.Input("rollouts");
        Spec = PolicySpec.FromTerm(rollouts["policy"]);
        steps = rollouts.Get<int>("length") * rollouts.Get<int>("copies");
        blockSteps = options.Backend.BlockSteps(1, steps);
        var judge = new NetworkSpec(Spec.Network.Inputs, options.Hidden, 1, options.Activation);
        parameters = new(Spec.Network.Parameters + judge.Parameters);
        Initialisation.Orthogonal(Spec.Network, 0.01, context.Key.Derive("policy")).CopyTo(parameters.Change());
        Initialisation.Orthogonal(judge, 1, context.Key.Derive("critic")).CopyTo(parameters.Change()[Spec.Network.Parameters..]);
        policy = options.Backend.Network(Spec.Network, parameters, 0, blockSteps, options.Device);
        critic = options.Backend.Network(judge, parameters, Spec.Network.Parameters, blockSteps, options.Device);
        adam = new(parameters.Length, options.AdamEpsilon);
        observations = new([0], Spec);
        said = new(critic, observations, 1, blockSteps);
        scale = new(options.ValueNormalisation);
        trace = new(options.Lambda, options.Clip, options.PolicyClip);
        (current, ratios, discounts, nextValues) = (new float[steps], new float[steps], new float[steps], new float[steps]);
        (targets, advantages, residuals) = (new float[steps], new float[steps], new float[steps]);
    }

    /// <summary>The policy.</summary>
    public PolicySpec Spec { get; }

    /// <summary>Its parameters.</summary>
    public ReadOnlySpan<float> Policy => parameters.Values[..Spec.Network.Parameters];

    /// <summary>Learns from those rollouts that are young enough.</summary>
    /// <param name="rollouts">Some, each of one agent.</param>
    /// <param name="version">Of the weights as they are.</param>
    /// <param name="total">Updates of the whole run.</param>
    /// <param name="figures">Cleared and filled.</param>
    /// <exception cref="LearningDivergedException">The gradient is no longer finite.</exception>
    public void Run(IReadOnlyList<Message> rollouts, long version, long total, ImpalaFigures figures)
    {
        figures.Clear();
        (sums, valueSum) = (default, 0);
        var kept = 0;
        foreach (var rollout in rollouts)
        {
            var lag = version - rollout[RolloutMessages.Version][0];
            var isDropped = options.MaxLag >= 0 && lag > options.MaxLag;
            figures.AddLag(lag, isDropped);
            if (!isDropped)
            {
                Learn(rollout, figures);
                kept++;
            }
        }

        var learningRate = options.LearningRateSchedule.At(options.LearningRate, version, total);
        var norm = kept == 0 ? 0 : GradientNorm.Of(parameters.Gradients) / kept;
        if (!double.IsFinite(norm))
        {
            throw new LearningDivergedException($"Learning diverged in update {version}: the gradient is no longer finite.");
        }

        if (kept > 0)
        {
            adam.Step(parameters.Change(), parameters.Gradients, learningRate, GradientNorm.ClipFactor(norm, options.MaxGradientNorm) / kept);
        }

        figures.Complete(sums, valueSum / Math.Max(1, kept), norm, learningRate);
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("learner.parameters", parameters.Values);
        adam.Save(snapshot, "learner.adam");
        scale.Save(snapshot, "learner.scale");
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto("learner.parameters", parameters.Change());
        adam.Load(snapshot, "learner.adam");
        scale.Load(snapshot, "learner.scale");
    }

    public void Dispose()
    {
        policy.Dispose();
        critic.Dispose();
    }

    private void Learn(Message rollout, ImpalaFigures figures)
    {
        var batch = new Batch([rollout], []);
        observations.Fill(batch);
        said.Evaluate(batch.Positions, scale);
        Think(rollout);
        Judge(rollout, batch.Copies, figures);
        var mask = rollout[RolloutMessages.Mask];
        var policyLoss = new PolicyLoss(float.PositiveInfinity, (float)options.Entropy); // r = 1 throughout: the gradient is A ∇ log π
        var valueLoss = new ValueLoss((float)options.ValueWeight, 0);
        var (weight, sum) = (1f / steps, 0.0);
        for (var from = 0; from < steps; from += blockSteps)
        {
            var count = Math.Min(blockSteps, steps - from);
            observations.Range(from, count).CopyTo(policy.Inputs);
            var logits = policy.Forward(count);
            var samples = new PolicySamples(
                rollout[RolloutMessages.Action].Slice(from, count), current.AsSpan(from, count), advantages.AsSpan(from, count), mask.IsEmpty ? [] : mask.Slice(from * Spec.Choices, count * Spec.Choices));
            policyLoss.Add(logits, samples, weight, policy.OutputGradients[..logits.Length], ref sums);
            policy.Backward(count);

            observations.Range(from, count).CopyTo(critic.Inputs);
            var values = critic.Forward(count);
            sum += valueLoss.Add(values, [], targets.AsSpan(from, count), weight, critic.OutputGradients[..count]);
            critic.Backward(count);
        }

        valueSum += sum * weight;
    }

    /// <summary>log π of what was done, by the policy as it is.</summary>
    private void Think(Message rollout)
    {
        var mask = rollout[RolloutMessages.Mask];
        for (var from = 0; from < steps; from += blockSteps)
        {
            var count = Math.Min(blockSteps, steps - from);
            observations.Range(from, count).CopyTo(policy.Inputs);
            PolicyLoss.LogProbabilities(
                policy.Forward(count), rollout[RolloutMessages.Action].Slice(from, count), mask.IsEmpty ? [] : mask.Slice(from * Spec.Choices, count * Spec.Choices), current.AsSpan(from, count));
        }
    }

    /// <summary>V-trace, from the critic as it was before the update.</summary>
    private void Judge(Message rollout, int copies, ImpalaFigures figures)
    {
        var all = said.Column(0);
        var behaviour = rollout[RolloutMessages.LogProbability];
        var terminated = rollout[RolloutMessages.Terminated];
        for (var i = 0; i < steps; i++)
        {
            ratios[i] = MathF.Exp(current[i] - behaviour[i]);
            discounts[i] = (float)options.Gamma * (1 - terminated[i]);
        }

        GeneralisedAdvantage.NextValues(all[..steps], all.Slice(steps, copies), rollout[RolloutMessages.FinalIndex], all[(steps + copies)..], nextValues);
        trace.Run(copies, ratios, rollout[RolloutMessages.Reward], discounts, all[..steps], nextValues, rollout[RolloutMessages.Truncated], targets, advantages);
        figures.AddRollout(ratios, current, behaviour, all[..steps], targets, residuals);
        if (options.NormaliseAdvantages)
        {
            Standardise.InPlace(advantages);
        }

        scale.Update(targets);
        scale.Normalise(targets);
    }
}
