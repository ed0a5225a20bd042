using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Experience.Replay;

/// <summary>Floats of one place in a memory, all agents together.</summary>
internal readonly record struct PlaceWidths(int Observation, int Mask, int Action, int Reward, int State);

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
    private readonly float[] observations; // [copies, places, width]; the others likewise
    private readonly float[] masks;
    private readonly float[] actions;
    private readonly float[] rewards;
    private readonly float[] states;
    private readonly byte[] kinds;
    private readonly int[] episodes;       // at an ended episode's first place: its transitions; else 0
    private readonly long[] visited;       // by copy: places ever written
    private readonly int[] sinceStart;     // by copy: transitions of the episode under way

    /// <summary>Room for <paramref name="capacity"/> transitions over all copies, and for the ends of episodes among them.</summary>
    public Timelines(PlaceWidths widths, int copies, int capacity)
    {
        this.widths = widths;
        Copies = copies;
        Places = Math.Max(2, (capacity + copies - 1) / copies);
        var all = copies * Places;
        (observations, masks) = (new float[(long)all * widths.Observation], new float[(long)all * widths.Mask]);
        (actions, rewards, states) = (new float[(long)all * widths.Action], new float[(long)all * widths.Reward], new float[(long)all * widths.State]);
        (kinds, episodes) = (new byte[all], new int[all]);
        (visited, sinceStart) = (new long[copies], new int[copies]);
    }

    /// <summary>Copies.</summary>
    public int Copies { get; }

    /// <summary>Places of one copy's ring.</summary>
    public int Places { get; }

    /// <summary>Transitions that can be drawn.</summary>
    public int Transitions { get; private set; }

    /// <summary>Episodes that can be drawn.</summary>
    public int Episodes { get; private set; }

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
            kinds[at] = experiences.Is(RolloutMessages.Terminated, place) ? Terminates : Acted;
            sinceStart[copy]++;
            if (end < experiences.Ends.Length && (int)experiences.Ends[end] == place)
            {
                End(experiences, copy, place, end++);
            }
        }
    }

    /// <summary>Transitions of the item that begins at a place, at most <paramref name="longest"/>; 0 if none begins there.</summary>
    public int Length(int copy, int offset, ReplayUnit unit, int longest)
    {
        if (offset >= Stored(copy))
        {
            return 0;
        }

        var first = visited[copy] - Stored(copy) + offset;
        if (unit == ReplayUnit.Episode)
        {
            return Math.Min(longest, episodes[At(copy, first)]);
        }

        var length = 0;
        while (length < longest && first + length + 1 < visited[copy] && kinds[At(copy, first + length)] != Ended)
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
        var first = visited[copy] - Stored(copy) + offset;
        for (var t = 0; t <= length; t++)
        {
            var at = At(copy, first + t);
            batch.See(t, item, Row(observations, widths.Observation, at), Row(masks, widths.Mask, at), Row(states, widths.State, at));
            if (t < length)
            {
                batch.Act(t, item, Row(actions, widths.Action, at), Row(rewards, widths.Reward, at), kinds[at] == Terminates);
            }
        }

        batch.Pad(length, item);
    }

    /// <summary>Writes everything.</summary>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<float>("replay.observations", observations);
        snapshot.Put<float>("replay.masks", masks);
        snapshot.Put<float>("replay.actions", actions);
        snapshot.Put<float>("replay.rewards", rewards);
        snapshot.Put<float>("replay.states", states);
        snapshot.Put<byte>("replay.kinds", kinds);
        snapshot.Put<int>("replay.episodes", episodes);
        snapshot.Put<long>("replay.visited", visited);
        snapshot.Put<int>("replay.since-start", sinceStart);
        snapshot.Put<int>("replay.counts", [Transitions, Episodes]);
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
        snapshot.GetInto<int>("replay.episodes", episodes);
        snapshot.GetInto<long>("replay.visited", visited);
        snapshot.GetInto<int>("replay.since-start", sinceStart);
        Span<int> counts = stackalloc int[2];
        snapshot.GetInto("replay.counts", counts);
        (Transitions, Episodes) = (counts[0], counts[1]);
    }

    private static Span<float> Row(float[] table, int width, int at) => table.AsSpan(at * width, width);

    private int At(int copy, long place) => (copy * Places) + (int)(place % Places);

    private long Stored(int copy) => Math.Min(visited[copy], Places);

    /// <summary>The next place of a copy. What stood there is forgotten; the place before it can now be drawn, for it has a successor.</summary>
    private int Visit(int copy)
    {
        var place = visited[copy]++;
        var at = At(copy, place);
        if (place >= Places)
        {
            Transitions -= kinds[at] == Ended ? 0 : 1;
            Episodes -= episodes[at] > 0 ? 1 : 0;
            episodes[at] = 0;
        }

        if (place > 0 && kinds[At(copy, place - 1)] != Ended)
        {
            Transitions++;
        }

        return at;
    }

    private void End(Experiences experiences, int copy, int place, int end)
    {
        var at = Visit(copy);
        experiences.JoinFinals(end, Row(observations, widths.Observation, at));
        experiences.FinalState(place, Row(states, widths.State, at));
        Row(masks, widths.Mask, at).Fill(1);
        Row(actions, widths.Action, at).Clear();
        Row(rewards, widths.Reward, at).Clear();
        kinds[at] = Ended;
        if (sinceStart[copy] < Places)
        {
            episodes[At(copy, visited[copy] - 1 - sinceStart[copy])] = sinceStart[copy];
            Episodes++;
        }

        sinceStart[copy] = 0;
    }
}
