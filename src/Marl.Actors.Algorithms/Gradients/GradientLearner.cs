using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Learning;
using Marl.Actors.Learning.Optimisers;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Gradients;

/// <summary>
/// The stage of <see cref="GradientComponents"/>. Takes rollouts and sends a gradient; takes the server's answer, which are the
/// parameters for the next gradient, and so on through the minibatches of an update; with the last answer its agents get their
/// new policies. All learners begin with the same parameters and propose them to the server; or, where there is none, go on from
/// them by the same steps along the mean of their gradients.
/// </summary>
internal sealed class GradientLearner : IStage
{
    private const string Name = "learner";

    private static readonly Needs NextRollouts = new(1, 0);
    private static readonly Needs NextParameters = new(0, 1);

    private readonly PpoOptions options;
    private readonly StageContext context;
    private readonly PpoShard shard;
    private readonly PpoShard[] alone;
    private readonly PolicyWeights weights;
    private readonly ParameterRange[] ranges;
    private readonly MessagePool[] gradients; // by part
    private readonly float[] parameters;
    private readonly Adam? adam;              // where it is its own server
    private readonly Message[] rollouts;      // kept while their update lasts
    private readonly PpoFigures figures = new();
    private readonly MessagePool metrics = new(GradientFigures.Layout);
    private readonly int minibatches;
    private readonly int length;
    private readonly float[] first;           // parameters, when the update began
    private StageSnapshot begun = new();      // of the shard, when the update began
    private int next;                         // minibatch; 0 between updates
    private readonly int[] versions; // of the parameters, by part: their servers step apart
    private long updates;

    /// <param name="options">How the gradients are made; those of the optimiser mean something to its own server only.</param>
    /// <param name="parts">Ranges that parameters and gradients are cut into.</param>
    /// <param name="isOwnServer">It hears the mean of all gradients, and takes the steps itself.</param>
    /// <param name="context">Its place.</param>
    public GradientLearner(PpoOptions options, int parts, bool isOwnServer, StageContext context)
    {
        (this.context, this.options) = (context, options);
        rollouts = new Message[context.Types.Peers("rollouts")];
        shard = new(options, new(options, context, [.. Enumerable.Range(0, rollouts.Length)]), context.CommonKey, context.Shard.Index ?? 0);
        alone = [shard];
        weights = new(GradientComponents.Weights, Model.Groups.Select(g => (g.Spec, g.Agents)), Model.Policy);
        ranges = [.. Enumerable.Range(0, parts).Select(part => new ParameterRange(Model.Parameters.Length, part, parts))];
        versions = new int[ranges.Length];
        gradients = [.. ranges.Select(r => new MessagePool(GradientMessages.Layout(r.Length)))];
        parameters = new float[Model.Parameters.Length];
        first = new float[parameters.Length];
        adam = isOwnServer ? new(parameters.Length, options.AdamEpsilon) : null;
        minibatches = options.Epochs * options.Minibatches;
        var type = context.Types.Input("rollouts");
        length = type.Get<int>("length");
        var units = Model.HasMemory ? type.Get<int>("copies") : length * type.Get<int>("copies");
        if (units < options.Minibatches)
        {
            throw new StageException(
                GradientCodes.EmptyMinibatches, $"'{context.Stage}' divides {units} {(Model.HasMemory ? "copies" : "steps")} into {options.Minibatches} minibatches.", "Lower 'minibatches'.");
        }
    }

    public Needs Needs => next == 0 ? NextRollouts : NextParameters;

    private PpoModel Model => shard.Model;

    private long TotalUpdates => context.VectorSteps == long.MaxValue ? long.MaxValue : context.VectorSteps / length;

    public void Start(IOutputs outputs)
    {
        weights.Send(0, outputs);
        if (adam is null)
        {
            Send(Model.Parameters.Values, default, isLast: false, outputs);
        }
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        if (next == 0)
        {
            for (var agent = 0; agent < rollouts.Length; agent++)
            {
                rollouts[agent] = firing[GradientComponents.Rollouts, agent].Retain();
            }

            Begin();
        }
        else
        {
            Take(firing);
        }

        if (next == minibatches)
        {
            End(outputs);
            return;
        }

        shard.Learn(next++);
        figures.AddMinibatch(alone, GradientNorm.Of(Model.Parameters.Gradients));
        Send(Model.Parameters.Gradients, new((int)updates, next), next == minibatches, outputs);
    }

    /// <summary>Amid an update, that it began with is saved besides: what it judged is then judged again.</summary>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("learner.time", [updates, next]);
        snapshot.Put<int>("learner.versions", versions);
        snapshot.Put("learner.parameters", Model.Parameters.Values);
        adam?.Save(snapshot, "learner.adam");
        if (next == 0)
        {
            shard.Save(snapshot, Name);
            return;
        }

        foreach (var (name, bytes) in begun.Entries)
        {
            snapshot.PutBytes(name, bytes);
        }

        snapshot.Put<float>("learner.first", first);
        figures.Save(snapshot, "learner.figures");
        for (var i = 0; i < rollouts.Length; i++)
        {
            snapshot.PutMessage($"learner.rollouts-{i}", rollouts[i]);
        }
    }

    public void Load(StageSnapshot snapshot)
    {
        Span<long> time = stackalloc long[2];
        snapshot.GetInto("learner.time", time);
        (updates, next) = (time[0], (int)time[1]);
        snapshot.GetInto<int>("learner.versions", versions);
        adam?.Load(snapshot, "learner.adam");
        shard.Load(snapshot, Name);
        if (next > 0)
        {
            snapshot.GetInto<float>("learner.first", parameters);
            Model.Parameters.Take(parameters);
            for (var i = 0; i < rollouts.Length; i++)
            {
                rollouts[i] = snapshot.GetMessage($"learner.rollouts-{i}");
            }

            Begin();
            shard.GoOnAt(next);
            figures.Load(snapshot, "learner.figures");
        }

        snapshot.GetInto<float>("learner.parameters", parameters);
        Model.Parameters.Take(parameters);
    }

    public void Dispose()
    {
        Release();
        shard.Dispose();
    }

    private void Begin()
    {
        begun = new();
        shard.Save(begun, Name);
        Model.Parameters.Values.CopyTo(first);
        figures.Clear();
        shard.Begin(new(rollouts, []), updates, TotalUpdates, figures);
    }

    private void Take(Firing firing)
    {
        if (adam is not null)
        {
            Step(adam, firing[GradientComponents.Mean][GradientMessages.Gradient]);
            return;
        }

        foreach (var range in ranges)
        {
            var message = firing[GradientComponents.Parameters, range.Part];
            message[ParameterMessages.Parameters].CopyTo(parameters.AsSpan(range.Start));
            versions[range.Part] = message.Stamp.Update;
        }

        Model.Parameters.Take(parameters);
    }

    /// <summary>What the server of <c>algorithm/dppo</c> does.</summary>
    private void Step(Adam optimiser, ReadOnlySpan<float> mean)
    {
        var norm = GradientNorm.Of(mean);
        if (!double.IsFinite(norm))
        {
            throw new LearningDivergedException($"Learning diverged in update {updates}: the gradient is no longer finite.");
        }

        mean.CopyTo(Model.Parameters.Gradients);
        var learningRate = options.LearningRateSchedule.At(options.LearningRate, updates, TotalUpdates);
        optimiser.Step(Model.Parameters.Change(), Model.Parameters.Gradients, learningRate, GradientNorm.ClipFactor(norm, options.MaxGradientNorm));
        versions[0]++;
    }

    private void End(IOutputs outputs)
    {
        shard.End();
        var stamp = rollouts[0].Stamp;
        Release();
        (next, updates) = (0, updates + 1);
        weights.Send((int)updates, outputs);
        var message = metrics.Rent(stamp);
        GradientFigures.Write(figures, message.WriteBlock());
        outputs.Send(GradientComponents.Metrics, message);
    }

    private void Send(ReadOnlySpan<float> whole, Stamp stamp, bool isLast, IOutputs outputs)
    {
        foreach (var range in ranges)
        {
            var message = gradients[range.Part].Rent(stamp);
            whole.Slice(range.Start, range.Length).CopyTo(message.Write(GradientMessages.Gradient));
            ReadOnlySpan<float> origin = [context.Shard.Index ?? 0, versions[range.Part], isLast ? 1 : 0];
            origin.CopyTo(message.Write(GradientMessages.Origin));
            outputs.Send(GradientComponents.Gradients, range.Part, message);
        }
    }

    private void Release()
    {
        if (rollouts[0] is not null)
        {
            Array.ForEach(rollouts, r => r.Release());
            Array.Clear(rollouts);
        }
    }
}
