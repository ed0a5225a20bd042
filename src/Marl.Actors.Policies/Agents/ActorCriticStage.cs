using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Agents;

/// <summary>
/// The stage of <see cref="ActorCriticAgent"/>. It takes one step token a firing and answers with actions. A token that begins
/// a rollout (or an evaluation pass) is held: first the finished rollout goes out, then one weights token is taken, then it
/// acts. So a learner always gets its rollouts before it is asked for weights.
/// </summary>
internal sealed class ActorCriticStage : IStage
{
    private static readonly Needs OneStep = new(1, 0);
    private static readonly Needs OneWeights = new(0, 1);

    private readonly StageContext context;
    private readonly int length;
    private readonly ForwardPass policy;
    private readonly CategoricalSampler sampler;
    private readonly MessagePool actions;
    private readonly RolloutBuilder rollout;
    private readonly float[] logits;            // [copies, actions]
    private readonly float[] logProbabilities;  // [copies]
    private Message? held;                      // a step token that waits for weights
    private Message? weights;                   // those in use

    public ActorCriticStage(ActorCriticOptions options, StageContext context)
    {
        this.context = context;
        length = options.Rollout;
        var steps = context.Types.Input("steps");
        var spec = PolicySpec.FromTerm(context.Types.Input("weights")["policy"]);
        var copies = steps.Get<int>("copies");
        policy = new(spec.Network);
        sampler = new(spec.Action.Count);
        actions = new(ActionMessages.Layout(copies, spec.Action));
        rollout = new(length, copies, spec.Observation, spec.Action, steps.Get<bool>("mask"));
        logits = new float[copies * spec.Action.Count];
        logProbabilities = new float[copies];
    }

    public Needs Needs => held is null ? OneStep : OneWeights;

    /// <summary>Vector steps gathered that no rollout has carried yet; what remains at the world's end is dropped.</summary>
    public int UnsentSteps => rollout.Acted;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        if (held is not null)
        {
            TakeWeights(firing[ActorCriticAgent.Weights]);
            Act(held, outputs);
            held.Release();
            held = null;
            return;
        }

        var step = firing[ActorCriticAgent.Steps];
        var begins = Begins(step.Stamp);
        if (outputs.IsRead(ActorCriticAgent.Rollouts) && rollout.Acted > 0)
        {
            rollout.Reward(step);
            if (begins)
            {
                outputs.Send(ActorCriticAgent.Rollouts, rollout.Finish(step));
            }
        }

        if (begins)
        {
            held = step.Retain();
        }
        else
        {
            Act(step, outputs);
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("agent.has", [held is null ? (byte)0 : (byte)1, weights is null ? (byte)0 : (byte)1]);
        if (held is not null)
        {
            snapshot.PutMessage("agent.held", held);
        }

        if (weights is not null)
        {
            snapshot.PutMessage("agent.weights", weights);
        }

        rollout.Save(snapshot);
    }

    public void Load(StageSnapshot snapshot)
    {
        Span<byte> has = stackalloc byte[2];
        snapshot.GetInto("agent.has", has);
        held = has[0] == 1 ? snapshot.GetMessage("agent.held") : null;
        if (has[1] == 1)
        {
            var saved = snapshot.GetMessage("agent.weights");
            TakeWeights(saved);
            saved.Release();
        }

        rollout.Load(snapshot);
    }

    public void Dispose()
    {
        held?.Release();
        weights?.Release();
        (held, weights) = (null, null);
    }

    /// <summary>In training an iteration may hold several rollouts (agents of different T); an evaluation pass has one beginning.</summary>
    private bool Begins(Stamp stamp) => context.Purpose == Purpose.Evaluation ? stamp.Step == 0 : stamp.Step % length == 0;

    private void TakeWeights(Message message)
    {
        policy.Load(message[WeightsMessages.Parameters]);
        weights?.Release();
        weights = message.Retain();
    }

    private void Act(Message step, IOutputs outputs)
    {
        var mask = step[StepMessages.Mask];
        var message = actions.Rent(step.Stamp);
        var chosen = message.Write(ActionMessages.Action);
        policy.Run(step[StepMessages.Observation], logits);
        if (context.Greedy)
        {
            sampler.Likeliest(logits, mask, chosen, logProbabilities);
        }
        else
        {
            var random = context.Key.Derive(step.Stamp).Stream();
            sampler.Sample(logits, mask, ref random, chosen, logProbabilities);
        }

        if (outputs.IsRead(ActorCriticAgent.Rollouts))
        {
            rollout.Act(step, chosen, logProbabilities);
        }

        outputs.Send(ActorCriticAgent.Actions, message);
    }
}
