using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Experience.Replay;

/// <summary>Floats of one place in a memory, all agents together; the roster is 0 where it is fixed.</summary>
internal readonly record struct PlaceWidths(int Observation, int Mask, int Action, int Reward, int State, int Roster = 0);

/// <summary>
/// Past experience in bounded memory: for each copy a ring of places in the order they were visited. A place holds what was seen
/// there and, unless an episode ended there, what was done and what came of it; so the place after a transition is always the
/// one that follows in the ring, and an episode's last place stands between its last transition and the next episode's first.
/// </summary>
internal sealed class Timelines
{
    private const byte Ended = 0;      // an episode's last place: nothing was done there
    private const byte Acted = 1;
    private const byte Terminates = 2; // acted, and the episode reached a terminal state

    private readonly PlaceWidths widths;
    private readonly ReplayOptions options;
    private readonly float[] observations; // [copies, places, width]; the others likewise
    private readonly float[] masks;
    private readonly float[] actions;
    private readonly float[] rewards;
    private readonly float[] states;
    private readonly byte[] kinds;
    private readonly Presence presence;
    private readonly int[] episodes;       // at an ended episode's first place: its transitions; else 0
    private readonly long[] visited;       // by copy: places ever written
    private readonly int[] sinceStart;     // by copy: transitions of the episode under way
    private int transitions;
    private int heldEpisodes;

    /// <summary>Room for a number of transitions over all copies, and for the ends of episodes among them.</summary>
    /// <param name="widths">Floats of a place.</param>
    /// <param name="copies">Copies.</param>
    /// <param name="options">How many, and what is drawn.</param>
    /// <param name="priorities">Makes priorities for a number of places; null where all items are as likely.</param>
    public Timelines(PlaceWidths widths, int copies, ReplayOptions options, Func<int, Priorities>? priorities = null)
    {
        (this.widths, this.options) = (widths, options);
        Copies = copies;
        Places = Math.Max(2, (options.Capacity + copies - 1) / copies);
        var all = copies * Places;
        (observations, masks) = (new float[(long)all * widths.Observation], new float[(long)all * widths.Mask]);
        (actions, rewards, states) = (new float[(long)all * widths.Action], new float[(long)all * widths.Reward], new float[(long)all * widths.State]);
        (kinds, episodes) = (new byte[all], new int[all]);
        (visited, sinceStart) = (new long[copies], new int[copies]);
        presence = new(widths.Roster, copies, Places);
        Priorities = priorities?.Invoke(all);
    }

    /// <summary>Copies.</summary>
    public int Copies { get; }

    /// <summary>Places of one copy's ring.</summary>
    public int Places { get; }

    /// <summary>Items that can be drawn: of transitions and sequences one begins with each transition.</summary>
    public int Items => options.Unit == ReplayUnit.Episode ? heldEpisodes : transitions;

    /// <summary>Items are drawn by these priorities, kept by place; null where all are as likely.</summary>
    public Priorities? Priorities { get; }

    /// <summary>Places ever written in the longest ring: draws need look no further.</summary>
    public int Reached => (int)Math.Min(Places, visited.Max());

    /// <summary>Adds a set of rollouts.</summary>
    public void Add(Experiences experiences)
    {
        for (var (place, end) = (0, 0); place < experiences.Length * experiences.Copies; place++)
        {
            var copy = place % experiences.Copies;
            var at = Visit(copy);
            experiences.Join(RolloutMessages.Observation, place, Row(observations, widths.Observation, at));
            experiences.Join(RolloutMessages.Mask, place, Row(masks, widths.Mask, at));
            experiences.Join(RolloutMessages.Action, place, Row(actions, widths.Action, at));
            experiences.Join(RolloutMessages.Reward, place, Row(rewards, widths.Reward, at));
            experiences.State(place, Row(states, widths.State, at));
            kinds[at] = experiences.IsTerminal(place) ? Terminates : Acted;
            presence.Note(experiences, copy, place, at);
            sinceStart[copy]++;
            if (end < experiences.Ends.Length && (int)experiences.Ends[end] == place)
            {
                end++;
                if (experiences.IsEnd(place))
                {
                    End(experiences, copy, place);
                }
            }
        }
    }

    /// <summary>Transitions of the item that begins at a place; 0 if none begins there.</summary>
    public int Length(int copy, int offset)
    {
        if (offset >= Stored(copy))
        {
            return 0;
        }

        var first = Number(copy, offset);
        if (options.Unit == ReplayUnit.Episode)
        {
            return Math.Min(options.Length, episodes[At(copy, first)]);
        }

        var length = 0;
        while (length < options.Length && first + length + 1 < visited[copy] && kinds[At(copy, first + length)] != Ended)
        {
            length++;
        }

        return length;
    }

    /// <summary>Writes one item into its column of a batch.</summary>
    /// <param name="copy">Whose.</param>
    /// <param name="offset">Where it begins, from the oldest place held.</param>
    /// <param name="length">Its transitions.</param>
    /// <param name="batch">To fill.</param>
    /// <param name="item">Which column.</param>
    public void Write(int copy, int offset, int length, BatchWriter batch, int item)
    {
        var first = Number(copy, offset);
        for (var t = 0; t <= length; t++)
        {
            var at = At(copy, first + t);
            batch.See(t, item, Row(observations, widths.Observation, at), Row(masks, widths.Mask, at), Row(states, widths.State, at));
            batch.Meet(t, item, presence[at]);
            if (t < length)
            {
                batch.Part(t, item, presence[at]);
                batch.Act(t, item, Row(actions, widths.Action, at), Row(rewards, widths.Reward, at), kinds[at] == Terminates);
            }
        }

        batch.Pad(length, item);
    }

    /// <summary>A place by its index over all copies: which copy's, and how far from the oldest place held.</summary>
    public (int Copy, int Offset) Locate(int at)
    {
        var (copy, index) = Math.DivRem(at, Places);
        var oldest = (int)(Oldest(copy) % Places);
        return (copy, index >= oldest ? index - oldest : index - oldest + Places);
    }

    /// <summary>The number of a place among all that were ever visited in its copy: it tells whether the same is still held.</summary>
    public long Number(int copy, int offset) => Oldest(copy) + offset;

    /// <summary>The index over all copies of a place by its number; −1 where it has been forgotten.</summary>
    public int Find(int copy, long number) => number >= Oldest(copy) ? At(copy, number) : -1;

    /// <summary>Writes everything.</summary>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<float>("replay.observations", observations);
        snapshot.Put<float>("replay.masks", masks);
        snapshot.Put<float>("replay.actions", actions);
        snapshot.Put<float>("replay.rewards", rewards);
        snapshot.Put<float>("replay.states", states);
        snapshot.Put<byte>("replay.kinds", kinds);
        presence.Save(snapshot);
        snapshot.Put<int>("replay.episodes", episodes);
        snapshot.Put<long>("replay.visited", visited);
        snapshot.Put<int>("replay.since-start", sinceStart);
        Priorities?.Save(snapshot);
        snapshot.Put<int>("replay.counts", [transitions, heldEpisodes]);
    }

    /// <summary>Takes everything over.</summary>
    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<float>("replay.observations", observations);
        snapshot.GetInto<float>("replay.masks", masks);
        snapshot.GetInto<float>("replay.actions", actions);
        snapshot.GetInto<float>("replay.rewards", rewards);
        snapshot.GetInto<float>("replay.states", states);
        snapshot.GetInto<byte>("replay.kinds", kinds);
        presence.Load(snapshot);
        snapshot.GetInto<int>("replay.episodes", episodes);
        snapshot.GetInto<long>("replay.visited", visited);
        snapshot.GetInto<int>("replay.since-start", sinceStart);
        Priorities?.Load(snapshot);
        Span<int> counts = stackalloc int[2];
        snapshot.GetInto("replay.counts", counts);
        (transitions, heldEpisodes) = (counts[0], counts[1]);
    }

    private static Span<float> Row(float[] table, int width, int at) => table.AsSpan(at * width, width);

    private int At(int copy, long place) => (copy * Places) + (int)(place % Places);

    private long Oldest(int copy) => visited[copy] - Stored(copy);

    private long Stored(int copy) => Math.Min(visited[copy], Places);

    /// <summary>The next place of a copy. What stood there is forgotten; the place before it can now be drawn, for it has a successor.</summary>
    private int Visit(int copy)
    {
        var place = visited[copy]++;
        var at = At(copy, place);
        if (place >= Places)
        {
            transitions -= kinds[at] == Ended ? 0 : 1;
            heldEpisodes -= episodes[at] > 0 ? 1 : 0;
            episodes[at] = 0;
            Priorities?.Forget(at);
        }

        if (place > 0 && kinds[At(copy, place - 1)] != Ended)
        {
            transitions++;
            Begins(ReplayUnit.Transition, At(copy, place - 1));
        }

        return at;
    }

    /// <summary>An item can be drawn from here on, if items are of that kind (a sequence begins wherever a transition does).</summary>
    private void Begins(ReplayUnit unit, int at)
    {
        if ((options.Unit == ReplayUnit.Episode) == (unit == ReplayUnit.Episode))
        {
            Priorities?.Begin(at);
        }
    }

    private void End(Experiences experiences, int copy, int place)
    {
        var at = Visit(copy);
        experiences.JoinFinals(place, Row(observations, widths.Observation, at));
        experiences.FinalState(place, Row(states, widths.State, at));
        Row(masks, widths.Mask, at).Fill(1);
        Row(actions, widths.Action, at).Clear();
        Row(rewards, widths.Reward, at).Clear();
        kinds[at] = Ended;
        presence.Close(copy, at);
        if (sinceStart[copy] < Places)
        {
            var first = At(copy, visited[copy] - 1 - sinceStart[copy]);
            episodes[first] = sinceStart[copy];
            heldEpisodes++;
            Begins(ReplayUnit.Episode, first);
        }

        sinceStart[copy] = 0;
    }
}
