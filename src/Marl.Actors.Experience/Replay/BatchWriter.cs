using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;

namespace Marl.Actors.Experience.Replay;

/// <summary>Fills the message of a batch, item by item.</summary>
internal readonly ref struct BatchWriter
{
    private readonly int items;
    private readonly int length;
    private readonly Span<float> observations;
    private readonly Span<float> actions;
    private readonly Span<float> masks;
    private readonly Span<float> rewards;
    private readonly Span<float> terminated;
    private readonly Span<float> filled;
    private readonly Span<float> states;
    private readonly Span<float> active;
    private readonly Span<float> ended;

    public BatchWriter(Message message)
    {
        (length, items) = (message.Layout.Fields[BatchMessages.Filled].Shape[0], message.Layout.Fields[BatchMessages.Filled].Shape[1]);
        observations = message.Write(BatchMessages.Observation);
        actions = message.Write(BatchMessages.Action);
        masks = message.Write(BatchMessages.Mask);
        rewards = message.Write(BatchMessages.Reward);
        terminated = message.Write(BatchMessages.Terminated);
        filled = message.Write(BatchMessages.Filled);
        states = message.Write(BatchMessages.State);
        active = message.Has(BatchMessages.Active) ? message.Write(BatchMessages.Active) : [];
        ended = message.Has(BatchMessages.Ended) ? message.Write(BatchMessages.Ended) : [];
    }

    /// <summary>What was there to see.</summary>
    public void See(int t, int item, ReadOnlySpan<float> observation, ReadOnlySpan<float> mask, ReadOnlySpan<float> state)
    {
        observation.CopyTo(Row(observations, t, item, observation.Length));
        mask.CopyTo(Row(masks, t, item, mask.Length));
        state.CopyTo(Row(states, t, item, state.Length));
    }

    /// <summary>What was done there, and what came of it.</summary>
    public void Act(int t, int item, ReadOnlySpan<float> action, ReadOnlySpan<float> reward, bool terminates)
    {
        action.CopyTo(Row(actions, t, item, action.Length));
        reward.CopyTo(Row(rewards, t, item, reward.Length));
        terminated[(t * items) + item] = terminates ? 1 : 0;
        filled[(t * items) + item] = 1;
    }

    /// <summary>Who was there to act, only without a fixed roster.</summary>
    public void Meet(int t, int item, ReadOnlySpan<byte> presence)
    {
        var there = Row(active, t, item, presence.Length);
        for (var agent = 0; agent < presence.Length; agent++)
        {
            there[agent] = (presence[agent] & Presence.Active) != 0 ? 1 : 0;
        }
    }

    /// <summary>Whose life ended with what was done there, only without a fixed roster.</summary>
    public void Part(int t, int item, ReadOnlySpan<byte> presence)
    {
        var gone = Row(ended, t, item, presence.Length);
        for (var agent = 0; agent < presence.Length; agent++)
        {
            gone[agent] = (presence[agent] & Presence.Ended) != 0 ? 1 : 0;
        }
    }

    /// <summary>Nothing more: the rest is 0, and every action allowed.</summary>
    public void Pad(int from, int item)
    {
        for (var t = from; t < length; t++)
        {
            Row(observations, t + 1, item, Width(observations, length + 1)).Clear();
            Row(masks, t + 1, item, Width(masks, length + 1)).Fill(1);
            Row(states, t + 1, item, Width(states, length + 1)).Clear();
            Row(actions, t, item, Width(actions, length)).Clear();
            Row(rewards, t, item, Width(rewards, length)).Clear();
            Row(active, t + 1, item, Width(active, length + 1)).Clear();
            Row(ended, t, item, Width(ended, length)).Clear();
            terminated[(t * items) + item] = 0;
            filled[(t * items) + item] = 0;
        }
    }

    private int Width(Span<float> table, int steps) => table.Length / (steps * items);

    private Span<float> Row(Span<float> table, int t, int item, int width) => table.Slice(((t * items) + item) * width, width);
}
