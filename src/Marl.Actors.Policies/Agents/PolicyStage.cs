using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Agents;

/// <summary>
/// The stage of an agent with a policy. It takes one step token a firing and answers with actions. A token that begins
/// a rollout (or an evaluation pass) is held: first the finished rollout goes out, then one weights token is taken, then it
/// acts. So a learner always gets its rollouts before it is asked for weights.
/// </summary>
internal sealed class PolicyStage : IStage
{
    private static readonly Needs OneStep = new(1, 0);
    private static readonly Needs OneWeights = new(0, 1);

    private readonly StageContext context;
    private readonly int length;
    private readonly int place;                 // among those that share the policy
    private readonly int copies;
    private readonly PolicySpec spec;
    private readonly Func<Message, ForwardPass?, ForwardPass> pack;
    private readonly IBehaviour behaviour;
    private readonly MessagePool actions;
    private readonly RolloutBuilder rollout;
    private readonly float[] inputs;            // [copies, inputs], where they are more than the observation
    private readonly float[] memory;            // [copies, width], of a network that has one
    private HeldTokens held;                    // a step token that waits for weights, and those in use;
    private ForwardPass? network;               // with these; of all agents that were sent this message

    /// <summary>An agent.</summary>
    /// <param name="rollout">Vector steps of a rollout, T.</param>
    /// <param name="sharing">With whom it shares its policy.</param>
    /// <param name="context">What every stage gets.</param>
    /// <param name="behave">Makes its behaviour, for that many copies.</param>
    /// <param name="isStochastic">Its rollouts carry log-probabilities.</param>
    public PolicyStage(int rollout, Sharing sharing, StageContext context, Func<PolicySpec, int, IBehaviour> behave, bool isStochastic = false)
    {
        this.context = context;
        length = rollout;
        place = sharing.Place(context.Names, context.Instance).Place;
        var steps = context.Types.Input("steps");
        spec = PolicySpec.FromTerm(context.Types.Input("weights")["policy"]);
        copies = steps.Get<int>("copies");
        pack = Pack;
        behaviour = behave(spec, copies);
        actions = new(ActionMessages.Layout(copies, spec.Action));
        this.rollout = new(length, copies, spec.Observation, spec.Action, steps.Get<bool>("mask"), isStochastic, steps.Get<bool>("fixed-roster"), isStochastic ? spec.Network.Memory : 0);
        inputs = new float[spec.Identities > 0 ? copies * spec.Network.Inputs : 0];
        memory = new float[copies * spec.Network.Memory];
    }

    public Needs Needs => held.Step is null ? OneStep : OneWeights;

    /// <summary>Vector steps gathered that no rollout has carried yet; what remains at the world's end is dropped.</summary>
    public int UnsentSteps => rollout.Acted;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        if (held.Step is { } waiting)
        {
            TakeWeights(firing[AgentPorts.Weights]);
            Act(waiting, outputs);
            held.Drop();
            return;
        }

        var step = firing[AgentPorts.Steps];
        var begins = RolloutBuilder.Begins(step.Stamp, length, context.Purpose);
        if (outputs.IsRead(AgentPorts.Rollouts) && rollout.Acted > 0)
        {
            rollout.Reward(step);
            if (begins)
            {
                outputs.Send(AgentPorts.Rollouts, rollout.Finish(step, held.Weights!.Stamp.Update));
            }
        }

        if (begins)
        {
            held.Hold(step);
        }
        else
        {
            Act(step, outputs);
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        held.Save(snapshot);
        snapshot.Put<float>("agent.memory", memory);
        rollout.Save(snapshot);
    }

    public void Load(StageSnapshot snapshot)
    {
        if (held.Load(snapshot) is { } saved)
        {
            TakeWeights(saved);
            saved.Release();
        }

        snapshot.GetInto<float>("agent.memory", memory);
        rollout.Load(snapshot);
    }

    public void Dispose() => held.Release();

    private void TakeWeights(Message message)
    {
        network = message.Once(pack);
        held.Use(message);
    }

    private ForwardPass Pack(Message message, ForwardPass? used)
    {
        var pass = used ?? new(spec.Network);
        pass.Load(message[WeightsMessages.Parameters]);
        return pass;
    }

    private ReadOnlySpan<float> Inputs(ReadOnlySpan<float> observations)
    {
        if (spec.Identities == 0)
        {
            return observations;
        }

        ObservationRows.Write(spec, place, observations, inputs, spec.Network.Inputs);
        return inputs;
    }

    /// <summary>Where an episode begins, there is nothing to remember.</summary>
    private void Forget(Message step)
    {
        if (memory.Length == 0)
        {
            return;
        }

        var terminated = step[StepMessages.Terminated];
        var truncated = step[StepMessages.Truncated];
        for (var copy = 0; copy < terminated.Length; copy++)
        {
            if (terminated[copy] + truncated[copy] > 0 || (step.Stamp.Step == 0 && context.Purpose == Purpose.Evaluation))
            {
                memory.AsSpan(copy * spec.Network.Memory, spec.Network.Memory).Clear();
            }
        }
    }

    private void Act(Message step, IOutputs outputs)
    {
        var message = actions.Rent(step.Stamp);
        var chosen = message.Write(ActionMessages.Action);
        Forget(step);
        if (outputs.IsRead(AgentPorts.Rollouts) && rollout.Acted == 0)
        {
            rollout.Begin(step, memory);
        }

        var answers = Scratch.Answers(copies * (spec.Network.Outputs + 1));
        var values = answers[..(copies * spec.Network.Outputs)]; // [copies, outputs]
        var logProbabilities = answers[values.Length..];         // [copies], of a policy that is a distribution
        network!.Run(Inputs(step[StepMessages.Observation]), values, memory);
        behaviour.Choose(step, values, chosen, logProbabilities);
        if (outputs.IsRead(AgentPorts.Rollouts))
        {
            rollout.Act(step, chosen, logProbabilities);
        }

        outputs.Send(AgentPorts.Actions, message);
    }
}
