using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Talking;

/// <summary>
/// The stage of <see cref="CommunicatingAgent"/>. It takes a step token and says something, takes what it hears and answers, round
/// after round, and acts after the last. A token that begins a rollout (or an evaluation pass) is held until the weights are there.
/// </summary>
internal sealed class CommunicatingStage : IStage
{
    private static readonly Needs OneStep = new(1, 0, 0);
    private static readonly Needs OneHearing = new(0, 1, 0);
    private static readonly Needs OneWeights = new(0, 0, 1);

    private readonly CommunicatingOptions options;
    private readonly StageContext context;
    private readonly PolicySpec spec;
    private readonly TalkSpec talk;
    private readonly int place;                // among those that share the policy
    private readonly bool listens;
    private readonly TalkingPass pass;
    private readonly Voice voice;
    private readonly CategoricalSampler sampler;
    private readonly MessagePool actions;
    private readonly MessagePool messages;
    private readonly RolloutBuilder rollout;
    private readonly ExchangeRecord exchange;
    private readonly float[] inputs;           // [copies, inputs], where they are more than the observation
    private readonly float[] logits;           // [copies, actions]
    private readonly float[] logProbabilities; // [copies], of the action
    private readonly float[] chosen;           // [copies], of all that was said in this step: ln p
    private readonly float[] paid;             // [copies], for what was said in this step
    private readonly float[] deaf;             // [copies, speakers, width]: zeros
    private HeldTokens held;                   // the step token it has not acted on, and the weights in use
    private int round = -1;                    // the round it waits to hear; −1 before it has spoken

    public CommunicatingStage(CommunicatingOptions options, StageContext context)
    {
        (this.options, this.context) = (options, context);
        var (steps, heard) = (context.Types.Input("steps"), context.Types.Input("heard"));
        spec = PolicySpec.FromTerm(context.Types.Input("weights")["policy"]);
        talk = spec.Talk!;
        var copies = steps.Get<int>("copies");
        place = options.Sharing.Place(context.Names, context.Instance).Place;
        listens = options.Listens(context.InstanceName);
        pass = new(spec.Talking!, copies);
        voice = new(options, context, talk, pass, heard.Get<int>("seat"), copies);
        sampler = new(spec.Choices);
        actions = new(ActionMessages.Layout(copies, spec.Action));
        messages = new(SpokenMessages.Layout(copies, options.Utterance));
        rollout = new(options.Rollout, copies, spec.Observation, spec.Action, steps.Get<bool>("mask"), isStochastic: true, steps.Get<bool>("fixed-roster"));
        exchange = new(ExchangeMessages.Layout(options.Rollout, copies, options.Utterance, talk.Speakers, talk.Said, heard.Get<Passage>("passage")));
        inputs = new float[spec.Identities > 0 ? copies * spec.Network.Inputs : 0];
        logits = new float[copies * spec.Choices];
        (logProbabilities, chosen, paid) = (new float[copies], new float[copies], new float[copies]);
        deaf = new float[listens ? 0 : copies * talk.Speakers * talk.MessageWidth];
    }

    public Needs Needs => round >= 0 ? OneHearing : held.Step is null ? OneStep : OneWeights;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        if (round >= 0)
        {
            Hear(firing[CommunicatingAgent.Heard], outputs);
        }
        else if (held.Step is not null)
        {
            TakeWeights(firing[CommunicatingAgent.Weights]);
            See(outputs);
        }
        else
        {
            TakeStep(firing[CommunicatingAgent.Steps], outputs);
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        held.Save(snapshot);
        snapshot.Put("agent.round", round);
        snapshot.Put<float>("agent.thoughts", pass.Thoughts);
        snapshot.Put<float>("agent.chosen", chosen);
        snapshot.Put<float>("agent.paid", paid);
        rollout.Save(snapshot);
        exchange.Save(snapshot);
    }

    public void Load(StageSnapshot snapshot)
    {
        if (held.Load(snapshot) is { } saved)
        {
            TakeWeights(saved);
            saved.Release();
        }

        round = snapshot.GetOne<int>("agent.round");
        snapshot.GetInto("agent.thoughts", pass.Thoughts);
        snapshot.GetInto<float>("agent.chosen", chosen);
        snapshot.GetInto<float>("agent.paid", paid);
        rollout.Load(snapshot);
        exchange.Load(snapshot);
    }

    public void Dispose() => held.Release();

    private void TakeStep(Message step, IOutputs outputs)
    {
        var begins = RolloutBuilder.Begins(step.Stamp, options.Rollout, context.Purpose);
        if (Gathers(outputs) && rollout.Acted > 0)
        {
            rollout.Reward(step, paid);
            if (begins)
            {
                var message = rollout.Finish(step, held.Weights!.Stamp.Update);
                var stamp = message.Stamp;
                outputs.Send(CommunicatingAgent.Rollouts, message);
                outputs.Send(CommunicatingAgent.Exchanges, exchange.Finish(stamp));
            }
        }

        held.Hold(step);
        if (!begins)
        {
            See(outputs);
        }
    }

    private static bool Gathers(IOutputs outputs) => outputs.IsRead(CommunicatingAgent.Rollouts) || outputs.IsRead(CommunicatingAgent.Exchanges);

    private void TakeWeights(Message message)
    {
        pass.Load(message[WeightsMessages.Parameters]);
        held.Use(message);
    }

    private void See(IOutputs outputs)
    {
        var observations = held.Step![StepMessages.Observation];
        if (spec.Identities > 0)
        {
            ObservationRows.Write(spec, place, observations, inputs, spec.Network.Inputs);
        }

        pass.See(spec.Identities > 0 ? inputs : observations);
        Array.Clear(chosen);
        Array.Clear(paid);
        Speak(0, outputs);
    }

    private void Speak(int now, IOutputs outputs)
    {
        round = now;
        var step = held.Step!;
        var message = messages.Rent(step.Stamp with { Round = now });
        var row = (rollout.Acted * talk.Rounds) + now;
        voice.Say(now, step, message, exchange.Row(ExchangeMessages.Spoke, row), exchange.Row(ExchangeMessages.Said, row), chosen);
        if (talk.IsAddressed)
        {
            message[SpokenMessages.Address].CopyTo(exchange.Row(ExchangeMessages.Address, row));
        }

        MarkBeginnings(step, message.Write(SpokenMessages.Begins));
        WritePlace(step, message.Write(SpokenMessages.Place));
        outputs.Send(CommunicatingAgent.Messages, message);
    }

    /// <summary>Episodes begin behind those that ended, at the beginning of the run, and with an evaluation pass.</summary>
    private void MarkBeginnings(Message step, Span<float> begins)
    {
        var isFirst = step.Stamp.Step == 0 && (context.Purpose == Purpose.Evaluation || step.Stamp.Update == 0);
        for (var copy = 0; copy < begins.Length; copy++)
        {
            begins[copy] = isFirst || step[StepMessages.Terminated][copy] + step[StepMessages.Truncated][copy] > 0 ? 1 : 0;
        }
    }

    private void WritePlace(Message step, Span<float> places)
    {
        for (var i = 0; i < places.Length; i++)
        {
            var (copy, coordinate) = Math.DivRem(i, options.Place.Count);
            places[i] = step[StepMessages.Observation][(copy * spec.Observation.Width) + options.Place[coordinate]];
        }
    }

    private void Hear(Message heard, IOutputs outputs)
    {
        var row = (rollout.Acted * talk.Rounds) + round;
        var gain = exchange.Row(ExchangeMessages.Gain, row);
        if (listens)
        {
            heard[HeardMessages.Gain].CopyTo(gain);
        }
        else
        {
            gain.Clear();
        }

        Keep(heard, HeardMessages.Content, ExchangeMessages.Heard, row);
        Keep(heard, HeardMessages.Noise, ExchangeMessages.Noise, row);
        Keep(heard, HeardMessages.Age, ExchangeMessages.Age, row);
        var cost = heard[HeardMessages.Cost];
        for (var copy = 0; copy < cost.Length; copy++)
        {
            paid[copy] += cost[copy];
        }

        pass.Hear(round, listens ? heard[HeardMessages.Content] : deaf, gain);
        if (round + 1 < talk.Rounds)
        {
            Speak(round + 1, outputs);
        }
        else
        {
            Act(outputs);
        }
    }

    private void Keep(Message heard, int from, int to, int row)
    {
        var target = exchange.Row(to, row);
        if (target.Length > 0)
        {
            heard[from].CopyTo(target);
        }
    }

    private void Act(IOutputs outputs)
    {
        var step = held.Step!;
        var message = actions.Rent(step.Stamp);
        var choice = message.Write(ActionMessages.Action);
        var mask = step[StepMessages.Mask];
        pass.Act(logits);
        if (context.Greedy)
        {
            sampler.Likeliest(logits, mask, choice, logProbabilities);
        }
        else
        {
            var random = context.Key.Derive(step.Stamp).Stream();
            sampler.Sample(logits, mask, ref random, choice, logProbabilities);
        }

        if (Gathers(outputs))
        {
            for (var copy = 0; copy < chosen.Length; copy++)
            {
                logProbabilities[copy] += chosen[copy];
            }

            rollout.Act(step, choice, logProbabilities);
        }

        outputs.Send(CommunicatingAgent.Actions, message);
        held.Drop();
        round = -1;
    }
}
