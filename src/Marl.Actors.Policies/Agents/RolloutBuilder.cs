using System.Runtime.InteropServices;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Policies.Agents;

/// <summary>
/// Fills one rollout after another, each in place in the message that will carry it. How many episodes end is known only when
/// the rollout is full, so the message is laid out for as many as ended in the last one (the same every time where a time
/// limit ends them); if it was another number, the block is copied once.
/// </summary>
internal sealed class RolloutBuilder(int length, int copies, Box observation, Space action, bool hasMask, bool isStochastic, bool fixedRoster = true, int memory = 0)
{
    private const int MostPools = 3;

    private readonly int width = observation.Width;
    private readonly int maskWidth = MaskWidth(action, hasMask);
    private readonly int actionWidth = action.Width;
    private readonly List<float> finalIndexes = [];      // t · copies + copy
    private readonly List<float> finalObservations = []; // [F, width]
    private readonly Dictionary<int, MessagePool> others = []; // pools for other numbers of ended episodes, which a time limit brings again and again
    private MessagePool pool = PoolFor(length, copies, observation, action, hasMask, isStochastic, fixedRoster, finals: 0, memory);
    private int finals;                                  // F of the pool's layout
    private Message? building;

    private int rewarded;                                // steps whose reward and flags are in the rollout

    /// <summary>[copies]: 1 where the policy learned acts for the agent; null where it does so in all of them. Only without a fixed roster.</summary>
    public float[]? Own { get; init; }

    /// <summary>Vector steps whose observations and actions are in the rollout; the last one's reward may be missing yet.</summary>
    public int Acted { get; private set; }

    /// <summary>
    /// Whether a rollout (or an evaluation pass) begins with a step. In training an iteration may hold several rollouts (agents of
    /// different T, <paramref name="length"/>); an evaluation pass has one beginning.
    /// </summary>
    public static bool Begins(Stamp stamp, int length, Purpose purpose) => purpose == Purpose.Evaluation ? stamp.Step == 0 : stamp.Step % length == 0;

    /// <summary>Begins a rollout with what the agent remembers, which is carried where the policy is a distribution.</summary>
    public void Begin(Message step, ReadOnlySpan<float> remembered)
    {
        building ??= pool.Rent(step.Stamp);
        if (memory > 0)
        {
            remembered.CopyTo(building.Write(RolloutMessages.Memory));
        }
    }

    /// <summary>Adds what was seen and done at one step: actions are [copies, width], log-probabilities (of a stochastic policy) [copies].</summary>
    public void Act(Message step, ReadOnlySpan<float> actions, ReadOnlySpan<float> logProbabilities)
    {
        building ??= pool.Rent(step.Stamp);
        step[StepMessages.Observation].CopyTo(Row(RolloutMessages.Observation, Acted, width));
        actions.CopyTo(Row(RolloutMessages.Action, Acted, actionWidth));
        if (isStochastic)
        {
            logProbabilities.CopyTo(Row(RolloutMessages.LogProbability, Acted, 1));
        }

        if (hasMask)
        {
            step[StepMessages.Mask].CopyTo(Row(RolloutMessages.Mask, Acted, maskWidth));
        }

        SetActive(step, Acted);
        Acted++;
    }

    /// <summary>Adds what came of the last actions: reward less what was paid, [copies] or nothing; flags; and the last observations of ended episodes.</summary>
    public void Reward(Message step, ReadOnlySpan<float> paid = default)
    {
        rewarded = Acted;
        var rewards = Row(RolloutMessages.Reward, Acted - 1, 1);
        step[StepMessages.Reward].CopyTo(rewards);
        for (var copy = 0; copy < paid.Length; copy++)
        {
            rewards[copy] -= paid[copy];
        }

        step[StepMessages.Terminated].CopyTo(Row(RolloutMessages.Terminated, Acted - 1, 1));
        step[StepMessages.Truncated].CopyTo(Row(RolloutMessages.Truncated, Acted - 1, 1));
        if (step.Has(StepMessages.FinalObservation))
        {
            TakeFinals(step);
        }
    }

    /// <summary>The full rollout, made with one version of the policy, to be sent; the next one begins empty.</summary>
    public Message Finish(Message step, int version)
    {
        if (Acted != length)
        {
            throw new InvalidOperationException($"A rollout of {length} steps ended after {Acted}, at {step}.");
        }

        SetActive(step, length);
        var message = WithRoomForFinals(building!);
        step[StepMessages.Observation].CopyTo(message.Write(RolloutMessages.NextObservation));
        CollectionsMarshal.AsSpan(finalIndexes).CopyTo(message.Write(RolloutMessages.FinalIndex));
        CollectionsMarshal.AsSpan(finalObservations).CopyTo(message.Write(RolloutMessages.FinalObservation));
        if (isStochastic)
        {
            message.Write(RolloutMessages.Version)[0] = version;
        }

        finalIndexes.Clear();
        finalObservations.Clear();
        building = null;
        (Acted, rewarded) = (0, 0);
        return message;
    }

    /// <summary>Writes the part that is filled.</summary>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("rollout.acted", Acted);
        snapshot.Put<float>("rollout.final-index", CollectionsMarshal.AsSpan(finalIndexes));
        snapshot.Put<float>("rollout.final-observation", CollectionsMarshal.AsSpan(finalObservations));
        if (building is null)
        {
            return;
        }

        snapshot.Put("rollout.update", building.Stamp.Update);
        snapshot.Put("rollout.step", building.Stamp.Step);
        for (var field = 0; field < RolloutMessages.NextObservation; field++)
        {
            snapshot.Put($"rollout.{building.Layout.Fields[field].Name}", building[field][..Filled(field)]);
        }

        if (!fixedRoster)
        {
            snapshot.Put("rollout.active", building[RolloutMessages.Active][..Filled(RolloutMessages.Active)]);
        }

        if (memory > 0)
        {
            snapshot.Put("rollout.memory", building[RolloutMessages.Memory]);
        }
    }

    /// <summary>Takes a saved part over.</summary>
    public void Load(StageSnapshot snapshot)
    {
        Acted = snapshot.GetOne<int>("rollout.acted");
        finalIndexes.AddRange(snapshot.Get<float>("rollout.final-index"));
        finalObservations.AddRange(snapshot.Get<float>("rollout.final-observation"));
        if (Acted == 0)
        {
            return;
        }

        building = pool.Rent(new(snapshot.GetOne<int>("rollout.update"), snapshot.GetOne<int>("rollout.step")));
        rewarded = snapshot.Get<float>("rollout.reward").Length / copies;
        for (var field = 0; field < RolloutMessages.NextObservation; field++)
        {
            snapshot.GetInto($"rollout.{building.Layout.Fields[field].Name}", building.Write(field)[..Filled(field)]);
        }

        if (!fixedRoster)
        {
            snapshot.GetInto("rollout.active", building.Write(RolloutMessages.Active)[..Filled(RolloutMessages.Active)]);
        }

        if (memory > 0)
        {
            snapshot.GetInto("rollout.memory", building.Write(RolloutMessages.Memory));
        }
    }

    private static MessagePool PoolFor(int length, int copies, Space observation, Space action, bool hasMask, bool isStochastic, bool fixedRoster, int finals, int memory) =>
        new(RolloutMessages.Layout(length, copies, observation, action, MaskWidth(action, hasMask), finals, isStochastic, fixedRoster, memory));

    private static int MaskWidth(Space action, bool hasMask) => hasMask && action is Discrete discrete ? discrete.Count : 0;

    /// <summary>Floats of a field that are filled: between firings the last step's reward and flags may still be to come.</summary>
    private int Filled(int field) => field switch
    {
        RolloutMessages.Observation => Acted * copies * width,
        RolloutMessages.Mask => Acted * copies * maskWidth,
        RolloutMessages.Action => Acted * copies * actionWidth,
        RolloutMessages.LogProbability => isStochastic ? Acted * copies : 0,
        RolloutMessages.Active => Acted * copies,
        _ => rewarded * copies,
    };

    private Span<float> Row(int field, int row, int rowWidth) => building!.Write(field).Slice(row * copies * rowWidth, copies * rowWidth);

    private void SetActive(Message step, int row)
    {
        if (fixedRoster)
        {
            return;
        }

        var active = Row(RolloutMessages.Active, row, 1);
        if (step.Has(StepMessages.Active))
        {
            step[StepMessages.Active].CopyTo(active);
        }
        else
        {
            active.Fill(1);
        }

        for (var copy = 0; Own is { } own && copy < copies; copy++)
        {
            active[copy] *= own[copy];
        }
    }

    private void TakeFinals(Message step)
    {
        var terminated = step[StepMessages.Terminated];
        var truncated = step[StepMessages.Truncated];
        var last = step[StepMessages.FinalObservation];
        var ended = 0; // the copies right before this one that have: they are taken over together, as where a time limit ends all
        for (var copy = 0; copy < copies; copy++)
        {
            if (terminated[copy] + truncated[copy] > 0)
            {
                finalIndexes.Add(((Acted - 1) * copies) + copy);
                ended++;
            }
            else
            {
                finalObservations.AddRange(last.Slice((copy - ended) * width, ended * width));
                ended = 0;
            }
        }

        finalObservations.AddRange(last.Slice((copies - ended) * width, ended * width));
    }

    /// <summary>The message itself if its layout fits the number of ended episodes, else a copy in one that does.</summary>
    private Message WithRoomForFinals(Message message)
    {
        if (finals == finalIndexes.Count)
        {
            return message;
        }

        if (others.Count >= MostPools)
        {
            others.Clear();
        }

        others[finals] = pool;
        finals = finalIndexes.Count;
        pool = others.Remove(finals, out var known) ? known : PoolFor(length, copies, observation, action, hasMask, isStochastic, fixedRoster, finals, memory);
        var roomy = pool.Rent(message.Stamp);
        var shared = message.Layout.Offset(RolloutMessages.FinalIndex);
        message.Block[..shared].CopyTo(roomy.WriteBlock());
        if (!fixedRoster)
        {
            message[RolloutMessages.Active].CopyTo(roomy.Write(RolloutMessages.Active));
        }

        if (memory > 0)
        {
            message[RolloutMessages.Memory].CopyTo(roomy.Write(RolloutMessages.Memory));
        }

        message.Release();
        return roomy;
    }
}
