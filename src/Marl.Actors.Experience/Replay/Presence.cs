using Marl.Actors.Core.Stages;

namespace Marl.Actors.Experience.Replay;

/// <summary>Who is there at the places of a memory, and whose life ends; only kept without a fixed roster.</summary>
/// <param name="agents">Agents; 0 with a fixed roster.</param>
/// <param name="copies">Copies.</param>
/// <param name="places">Places of a copy.</param>
internal sealed class Presence(int agents, int copies, int places)
{
    /// <summary>The agent acts here, or its life goes on where the episode was cut.</summary>
    public const byte Active = 1;

    /// <summary>Its life ends with what is done here.</summary>
    public const byte Ended = 2;

    private readonly byte[] flags = new byte[(long)copies * places * agents]; // [copies, places, agents]
    private readonly bool[] lives = new bool[copies * agents];                // [copies, agents]: came, and not gone yet

    /// <summary>The flags of a place: [agents].</summary>
    public ReadOnlySpan<byte> this[int at] => flags.AsSpan(at * agents, agents);

    /// <summary>Notes who acts at a place and whose life ends there.</summary>
    public void Note(Experiences experiences, int copy, int place, int at)
    {
        for (var agent = 0; agent < agents; agent++)
        {
            var (isActive, isEnded) = (experiences.IsActive(agent, place), experiences.IsTerminated(agent, place));
            ref var lives = ref this.lives[(copy * agents) + agent];
            lives = (lives || isActive) && !isEnded;
            flags[(at * agents) + agent] = (byte)((isActive ? Active : 0) | (isEnded ? Ended : 0));
        }
    }

    /// <summary>An episode's last place: whose life goes on is there (also who waits for its turn); the next episode begins without anyone.</summary>
    public void Close(int copy, int at)
    {
        for (var agent = 0; agent < agents; agent++)
        {
            flags[(at * agents) + agent] = lives[(copy * agents) + agent] ? Active : (byte)0;
            lives[(copy * agents) + agent] = false;
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        if (agents > 0)
        {
            snapshot.Put<byte>("replay.presence", flags);
            snapshot.Put<bool>("replay.lives", lives);
        }
    }

    public void Load(StageSnapshot snapshot)
    {
        if (agents > 0)
        {
            snapshot.GetInto("replay.presence", flags.AsSpan());
            snapshot.GetInto("replay.lives", lives.AsSpan());
        }
    }
}
