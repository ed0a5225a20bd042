using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Channels;

/// <summary>
/// The messages of the last steps, by round, and how long each copy's episode has lasted. An absent token is silence.
/// </summary>
/// <param name="speakers">N.</param>
/// <param name="copies">B.</param>
/// <param name="rounds">K.</param>
/// <param name="depth">Steps kept beside the newest.</param>
internal sealed class History(int speakers, int copies, int rounds, int depth) : IDisposable
{
    private readonly Message?[] kept = new Message?[rounds * (depth + 1) * speakers]; // by round, step in a ring, speaker
    private readonly int[] lasted = new int[copies];                                  // steps since the episode began
    private readonly int[] steps = new int[rounds];                                   // taken in each round
    private int round;

    /// <summary>N.</summary>
    public int Speakers => speakers;

    /// <summary>Takes the messages of the next round.</summary>
    public void Take(Firing firing, int port, int next)
    {
        round = next;
        steps[round]++;
        for (var speaker = 0; speaker < speakers; speaker++)
        {
            ref var place = ref kept[Place(0, speaker)];
            place?.Release();
            place = firing[port, speaker].Retain();
        }

        for (var copy = 0; copy < copies && round == 0; copy++)
        {
            lasted[copy] = Begins(copy) ? 0 : lasted[copy] + 1;
        }
    }

    /// <summary>What a speaker said in this round so many steps ago, in the same episode of a copy; null for nothing.</summary>
    public Message? Find(int age, int speaker, int copy) =>
        age <= lasted[copy] && age < steps[round] && kept[Place(age, speaker)] is { IsAbsent: false } said ? said : null;

    /// <summary>What a speaker says now; null for nothing.</summary>
    public Message? Now(int speaker) => kept[Place(0, speaker)] is { IsAbsent: false } said ? said : null;

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<int>("history.lasted", lasted);
        snapshot.Put<int>("history.steps", steps);
        snapshot.Put<byte>("history.kept", [.. kept.Select(m => m is null ? (byte)0 : (byte)1)]);
        for (var i = 0; i < kept.Length; i++)
        {
            if (kept[i] is { } message)
            {
                snapshot.PutMessage($"history.{i}", message);
            }
        }
    }

    public void Load(StageSnapshot snapshot)
    {
        Dispose();
        snapshot.GetInto<int>("history.lasted", lasted);
        snapshot.GetInto<int>("history.steps", steps);
        var has = snapshot.Get<byte>("history.kept");
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = has[i] == 1 ? snapshot.GetMessage($"history.{i}") : null;
        }
    }

    public void Dispose()
    {
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i]?.Release();
            kept[i] = null;
        }
    }

    private bool Begins(int copy)
    {
        for (var speaker = 0; speaker < speakers; speaker++)
        {
            if (Now(speaker) is { } said)
            {
                return said[SpokenMessages.Begins][copy] > 0;
            }
        }

        return false;
    }

    private int Place(int age, int speaker)
    {
        var step = (steps[round] + depth - age) % (depth + 1);
        return (((round * (depth + 1)) + step) * speakers) + speaker;
    }
}
