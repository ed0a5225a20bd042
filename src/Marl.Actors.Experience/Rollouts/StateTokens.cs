using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Experience.Rollouts;

/// <summary>
/// The world's states beside a rollout of T steps: T + 1 tokens, for the state behind the last step counts too. It also begins the
/// next rollout; so a firing takes T + 1 of them at first and T later, and the last one is held in between.
/// </summary>
/// <param name="port">The input they come from.</param>
/// <param name="length">T; 0 where the input is open.</param>
/// <param name="lane">Which of the worlds that feed the input.</param>
public sealed class StateTokens(int port, int length, int lane = 0) : IDisposable
{
    private readonly Message[] all = new Message[length > 0 ? length + 1 : 0];
    private Message? held; // the last one of the rollout before

    /// <summary>T + 1 tokens while a firing lasts; none where the input is open.</summary>
    public Message[] All => all;

    /// <summary>Tokens the next firing takes.</summary>
    public int Needed => all.Length == 0 ? 0 : held is null ? length + 1 : length;

    /// <summary>Takes over what a firing brings.</summary>
    public void Take(Firing firing)
    {
        if (all.Length == 0)
        {
            return;
        }

        var count = firing.Count(port, lane);
        var begin = all.Length - count;
        if (begin == 1)
        {
            all[0] = held!;
        }

        for (var i = 0; i < count; i++)
        {
            all[begin + i] = firing[port, lane, i];
        }
    }

    /// <summary>The firing is over: keeps the last one.</summary>
    public void Keep()
    {
        if (all.Length > 0)
        {
            held?.Release();
            held = all[^1].Retain();
            Array.Clear(all);
        }
    }

    /// <summary>Writes the one that is held.</summary>
    /// <param name="snapshot">Where.</param>
    /// <param name="name">Under which name: <c>name.has-state</c> and <c>name.state</c>.</param>
    public void Save(StageSnapshot snapshot, string name)
    {
        snapshot.Put($"{name}.has-state", held is null ? (byte)0 : (byte)1);
        if (held is not null)
        {
            snapshot.PutMessage($"{name}.state", held);
        }
    }

    /// <summary>Takes it over.</summary>
    public void Load(StageSnapshot snapshot, string name) =>
        held = snapshot.GetOne<byte>($"{name}.has-state") == 1 ? snapshot.GetMessage($"{name}.state") : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        held?.Release();
        held = null;
    }
}
