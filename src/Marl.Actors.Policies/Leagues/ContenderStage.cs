using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Leagues;

/// <summary>
/// The stage of <see cref="ContenderAgent"/>. A step at which a rollout begins is held: the finished rollouts go out, the new
/// weights come in, results go to the league, its matches come in, then the seat acts.
/// </summary>
internal sealed class ContenderStage : IStage
{
    private readonly int length;
    private readonly int place; // among those that share the policy
    private readonly bool hasExploiter;
    private readonly PolicySpec spec;
    private readonly CategoricalBehaviour behaviour;
    private readonly MatchBook book;
    private readonly Lineup lineup;
    private readonly MessagePool actions;
    private readonly MessagePool results;
    private readonly RolloutBuilder[] rollouts; // the main player's, the exploiter's
    private readonly float[] inputs;            // [copies, inputs], where they are more than the observation
    private readonly float[] outputs;           // [copies, choices]
    private readonly float[] logProbabilities;  // [copies]
    private readonly int groups;
    private readonly Needs[] needs;
    private Message? held;                      // a step that waits
    private Message? newest;                    // weights in use
    private Message? exploiter;                 // likewise
    private Message? matches;                   // likewise
    private bool hasWeights;                    // the held step waits for matches only

    public ContenderStage(ContenderOptions options, StageContext context)
    {
        length = options.Rollout;
        place = options.Sharing.Place(context.Names, context.Instance).Place;
        var (steps, match) = (context.Types.Input("steps"), context.Types.Input("matches"));
        spec = PolicySpec.FromTerm(context.Types.Input("weights")["policy"]);
        hasExploiter = ContenderAgent.HasExploiter(match);
        groups = match.Get<int>("groups");
        var copies = steps.Get<int>("copies");
        behaviour = new(context, spec.Choices);
        book = new(copies, groups);
        lineup = new(spec, book, groups);
        actions = new(ActionMessages.Layout(copies, spec.Action));
        results = new(ResultMessages.Layout(groups, spec.Parameters, hasExploiter));
        rollouts = [.. Enumerable.Range(0, hasExploiter ? 2 : 1).Select(_ =>
            new RolloutBuilder(length, copies, spec.Observation, spec.Action, steps.Get<bool>("mask"), isStochastic: true, fixedRoster: false) { Own = new float[copies] })];
        inputs = new float[spec.Identities > 0 ? copies * spec.Network.Inputs : 0];
        outputs = new float[copies * spec.Network.Outputs];
        logProbabilities = new float[copies];
        needs = hasExploiter ? [new(1, 0, 0, 0), new(0, 1, 0, 1), new(0, 0, 1, 0)] : [new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)];
    }

    public Needs Needs => needs[held is null ? 0 : hasWeights ? 2 : 1];

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs sent)
    {
        if (held is null)
        {
            Look(firing[AgentPorts.Steps], sent);
        }
        else if (!hasWeights)
        {
            TakeWeights(firing[AgentPorts.Weights], hasExploiter ? firing[ContenderAgent.Exploiter] : null);
            hasWeights = true;
            Report(held, sent);
        }
        else
        {
            TakeMatches(firing[ContenderAgent.Matches]);
            book.Begin(held, matches![MatchMessages.Begins]);
            Act(held, sent);
            held.Release();
            (held, hasWeights) = (null, false);
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("contender.has-weights", hasWeights ? (byte)1 : (byte)0);
        foreach (var (name, message) in new[] { ("held", held), ("weights", newest), ("exploiter", exploiter), ("matches", matches) })
        {
            snapshot.Put($"contender.has.{name}", message is null ? (byte)0 : (byte)1);
            if (message is not null)
            {
                snapshot.PutMessage($"contender.{name}", message);
            }
        }

        book.Save(snapshot);
        for (var player = 0; player < rollouts.Length; player++)
        {
            var own = new StageSnapshot();
            rollouts[player].Save(own);
            foreach (var (name, bytes) in own.Entries)
            {
                snapshot.PutBytes($"contender.{player}.{name}", bytes);
            }
        }
    }

    public void Load(StageSnapshot snapshot)
    {
        hasWeights = snapshot.GetOne<byte>("contender.has-weights") == 1;
        Message? Saved(string name) => snapshot.GetOne<byte>($"contender.has.{name}") == 1 ? snapshot.GetMessage($"contender.{name}") : null;
        held = Saved("held");
        if (Saved("weights") is { } weights)
        {
            var other = Saved("exploiter");
            TakeWeights(weights, other);
            weights.Release();
            other?.Release();
        }

        if (Saved("matches") is { } match)
        {
            TakeMatches(match);
            match.Release();
        }

        book.Load(snapshot);
        for (var player = 0; player < rollouts.Length; player++)
        {
            var (own, begin) = (new StageSnapshot(), $"contender.{player}.");
            foreach (var (name, bytes) in snapshot.Entries.Where(e => e.Key.StartsWith(begin, StringComparison.Ordinal)))
            {
                own.PutBytes(name[begin.Length..], bytes);
            }

            rollouts[player].Load(own);
        }
    }

    public void Dispose()
    {
        foreach (var message in new[] { held, newest, exploiter, matches })
        {
            message?.Release();
        }

        (held, newest, exploiter, matches) = (null, null, null, null);
    }

    private static int Port(int player) => player == 0 ? AgentPorts.Rollouts : ContenderAgent.Exploits;

    private void Look(Message step, IOutputs sent)
    {
        var begins = step.Stamp.Step % length == 0;
        if (rollouts[0].Acted > 0)
        {
            book.Add(step);
            for (var player = 0; player < rollouts.Length; player++)
            {
                rollouts[player].Reward(step);
                if (begins)
                {
                    sent.Send(Port(player), rollouts[player].Finish(step, (player == 0 ? newest : exploiter)!.Stamp.Update));
                }
            }
        }

        if (begins)
        {
            held = step.Retain();
        }
        else
        {
            Act(step, sent);
        }
    }

    private void Report(Message step, IOutputs sent)
    {
        var message = results.Rent(step.Stamp);
        book.Close(message);
        newest![WeightsMessages.Parameters].CopyTo(message.Write(ResultMessages.Main));
        if (exploiter is not null)
        {
            exploiter[WeightsMessages.Parameters].CopyTo(message.Write(ResultMessages.Exploiter));
        }

        sent.Send(ContenderAgent.Results, message);
    }

    private void TakeWeights(Message weights, Message? exploiters)
    {
        newest?.Release();
        exploiter?.Release();
        (newest, exploiter) = (weights.Retain(), exploiters?.Retain());
        lineup.Take(newest[WeightsMessages.Parameters], exploiter is null ? [] : exploiter[WeightsMessages.Parameters]);
    }

    private void TakeMatches(Message message)
    {
        matches?.Release();
        matches = message.Retain();
        lineup.Take(message);
        for (var player = 0; player < rollouts.Length; player++)
        {
            for (var group = 0; group < groups; group++)
            {
                var learns = (int)message[MatchMessages.Learns][group] == (player == 0 ? MatchMessages.Main : MatchMessages.Exploiter);
                rollouts[player].Own.AsSpan(book.First(group)..book.First(group + 1)).Fill(learns ? 1 : 0);
            }
        }
    }

    private void Act(Message step, IOutputs sent)
    {
        var message = actions.Rent(step.Stamp);
        var chosen = message.Write(ActionMessages.Action);
        if (spec.Identities > 0)
        {
            ObservationRows.Write(spec, place, step[StepMessages.Observation], inputs, spec.Network.Inputs);
        }

        lineup.Run(spec.Identities > 0 ? inputs : step[StepMessages.Observation], outputs);
        behaviour.Choose(step, outputs, chosen, logProbabilities);
        foreach (var rollout in rollouts)
        {
            rollout.Act(step, chosen, logProbabilities);
        }

        sent.Send(AgentPorts.Actions, message);
    }
}
