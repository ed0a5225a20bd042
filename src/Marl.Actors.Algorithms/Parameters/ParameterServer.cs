using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Learning;
using Marl.Actors.Learning.Optimisers;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Parameters;

/// <summary>
/// The stage of <see cref="ParameterServerComponent"/>. Every gradient is answered with one token of parameters. bsp: when one
/// has come from each, a step along their mean, added in the order of the learners whatever the order of arrival. ssp: at once a
/// step; a learner that has sent c gradients is answered when everybody has sent at least c − slack, so it makes its next one
/// (number c, from 0) seeing all of number c − slack − 1 and before. async: at once a step and an answer; a gradient that is
/// too old is answered without a step.
/// </summary>
internal sealed class ParameterServer : IStage
{
    private static readonly Needs OneGradient = new(1);

    private readonly ServerOptions options;
    private readonly StageContext context;
    private readonly double maxNorm;
    private readonly float[] values;
    private readonly Memory<float>[] gradients; // by lane
    private readonly Adam adam;
    private readonly MessagePool parameters;
    private readonly MessagePool metrics = new(ServerFigures.Layout);
    private readonly ServerFigures figures = new();
    private readonly long[] clocks;             // by learner: gradients it has sent; −1 before its first parameters
    private readonly byte[] waiting;            // by learner: 1 while it has no answer
    private long ends;                          // last gradients of updates, since the last report
    private long reports;

    public ParameterServer(ServerOptions options, StageContext context)
    {
        (this.options, this.context) = (options, context);
        var range = ParameterRange.FromTerm(context.Types.Input("gradients")["range"]);
        maxNorm = options.MaxGradientNorm / Math.Sqrt(range.Parts);
        values = new float[range.Length];
        gradients = [.. Enumerable.Range(0, context.Types.Peers("gradients")).Select(_ => new Memory<float>(new float[range.Length]))];
        adam = new(range.Length, options.AdamEpsilon);
        parameters = new(ParameterMessages.Layout(range.Length));
        clocks = new long[context.Types.Outputs["parameters"].Count];
        waiting = new byte[clocks.Length];
        Array.Fill(clocks, -1);
    }

    public Needs Needs => OneGradient;

    /// <summary>Steps done.</summary>
    private long Version => adam.Steps;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        var stamp = firing[ParameterServerComponent.Gradients].Stamp;
        var isStep = false;
        for (var lane = 0; lane < gradients.Length; lane++)
        {
            isStep |= Take(firing[ParameterServerComponent.Gradients, lane], gradients[lane].Span);
        }

        var learningRate = options.LearningRateSchedule.At(options.LearningRate, stamp.Update, context.TotalUpdates);
        if (isStep)
        {
            Step(learningRate, stamp);
        }

        Answer(outputs);
        Report(learningRate, outputs);
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<float>("server.parameters", values);
        adam.Save(snapshot, "server.adam");
        figures.Save(snapshot);
        snapshot.Put<long>("server.clocks", clocks);
        snapshot.Put<byte>("server.waiting", waiting);
        snapshot.Put("server.reports", [ends, reports]);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<float>("server.parameters", values);
        adam.Load(snapshot, "server.adam");
        figures.Load(snapshot);
        snapshot.GetInto<long>("server.clocks", clocks);
        snapshot.GetInto<byte>("server.waiting", waiting);
        Span<long> counts = stackalloc long[2];
        snapshot.GetInto("server.reports", counts);
        (ends, reports) = (counts[0], counts[1]);
    }

    public void Dispose()
    {
    }

    /// <summary>Takes a token over; true when there is a gradient to step along.</summary>
    private bool Take(Message message, Span<float> gradient)
    {
        var origin = message[GradientMessages.Origin];
        var (learner, version) = ((int)origin[0], (long)origin[1]);
        if (clocks[learner]++ < 0)
        {
            if (Array.TrueForAll(clocks, c => c <= 0) && Version == 0)
            {
                message[GradientMessages.Gradient].CopyTo(values); // all begin with the same
            }

            return false;
        }

        waiting[learner] = 1;
        ends += origin[2] > 0 ? 1 : 0;
        var staleness = Version - version;
        var isDropped = options.Consistency == Consistency.Async && staleness > options.MaxLag;
        figures.Add(staleness, isDropped);
        message[GradientMessages.Gradient].CopyTo(gradient);
        return !isDropped;
    }

    private void Step(double learningRate, Stamp stamp)
    {
        ReductionTree.Mean(gradients);
        var gradient = gradients[0].Span;
        var norm = GradientNorm.Of(gradient);
        if (!double.IsFinite(norm))
        {
            throw new LearningDivergedException($"Learning diverged at {stamp}: the gradient is no longer finite.");
        }

        figures.Step(norm);
        adam.Step(values, gradient, learningRate, GradientNorm.ClipFactor(norm, maxNorm));
    }

    /// <summary>Sends to all who may go on.</summary>
    private void Answer(IOutputs outputs)
    {
        Message? message = null;
        var slowest = clocks.Min();
        for (var learner = 0; learner < clocks.Length; learner++)
        {
            if (waiting[learner] == 0 || (options.Consistency == Consistency.Ssp && slowest < clocks[learner] - options.Slack))
            {
                continue;
            }

            if (message is null)
            {
                message = parameters.Rent(new((int)Version));
                values.CopyTo(message.Write(ParameterMessages.Parameters));
            }

            waiting[learner] = 0;
            outputs.Send(ParameterServerComponent.Parameters, learner, message.Retain());
        }

        message?.Release();
    }

    private void Report(double learningRate, IOutputs outputs)
    {
        if (ends < clocks.Length)
        {
            return;
        }

        ends -= clocks.Length;
        var message = metrics.Rent(new((int)reports++));
        figures.Write(message.WriteBlock(), learningRate);
        outputs.Send(ParameterServerComponent.Metrics, message);
    }
}
