using Marl.Actors.Core.Messages.Kinds;

namespace Marl.Actors.Coordination.Channels;

/// <summary>What becomes of a message on its way to one listener, before chance has its say.</summary>
internal enum Fate
{
    /// <summary>There is none.</summary>
    Silent,

    /// <summary>It is on its way.</summary>
    Arrives,

    /// <summary>Another one was said at the same time.</summary>
    Collided,
}

/// <summary>A message on its way.</summary>
/// <param name="Fate">What becomes of it.</param>
/// <param name="Age">Steps since it was said.</param>
/// <param name="Gain">How strong it is.</param>
internal readonly record struct Arrival(Fate Fate, int Age = 0, float Gain = 0);

/// <summary>Who hears what: the part in which channels differ.</summary>
internal abstract class Medium
{
    /// <summary>Steps that messages are kept.</summary>
    public abstract int Depth { get; }

    /// <summary>What a listener hears of a speaker in a copy.</summary>
    public abstract Arrival Find(History history, int speaker, int listener, int copy);

    /// <summary>Whether a speaker spoke in a copy, so many steps ago in the same episode.</summary>
    protected static bool Spoke(History history, int age, int speaker, int copy) =>
        history.Find(age, speaker, copy) is { } said && said[SpokenMessages.Speaks][copy] > 0;
}

/// <summary>Everybody hears everybody else.</summary>
internal sealed class Broadcast(int delay) : Medium
{
    public override int Depth => delay;

    public override Arrival Find(History history, int speaker, int listener, int copy) =>
        speaker != listener && Spoke(history, delay, speaker, copy) ? new(Fate.Arrives, delay, 1) : default;
}

/// <summary>A message is heard by the one it is for.</summary>
internal sealed class Targeted(int delay) : Medium
{
    public override int Depth => delay;

    public override Arrival Find(History history, int speaker, int listener, int copy) =>
        speaker != listener && Spoke(history, delay, speaker, copy) && history.Find(delay, speaker, copy)![SpokenMessages.Address][copy] == listener
            ? new(Fate.Arrives, delay, 1)
            : default;
}

/// <summary>One speaker at a time is heard by all; two in one round destroy each other's messages.</summary>
internal sealed class SharedMedium(int delay) : Medium
{
    public override int Depth => delay;

    public override Arrival Find(History history, int speaker, int listener, int copy)
    {
        if (speaker == listener || !Spoke(history, delay, speaker, copy))
        {
            return default;
        }

        for (var other = 0; other < history.Speakers; other++)
        {
            if (other != speaker && Spoke(history, delay, other, copy))
            {
                return new(Fate.Collided, delay);
            }
        }

        return new(Fate.Arrives, delay, 1);
    }
}

/// <summary>
/// Messages are traces: each stays where its speaker left it, and fades. Of each speaker a listener finds the newest one within its
/// reach, its own among them.
/// </summary>
internal sealed class Traces(EnvironmentChannelOptions options) : Medium
{
    private readonly float[] strengths = [.. Enumerable.Range(0, options.Duration + 1).Select(age => (float)Math.Pow(1 - options.Fading, age))];

    public override int Depth => options.Physics.Delay + options.Duration;

    public override Arrival Find(History history, int speaker, int listener, int copy)
    {
        for (var age = 0; age <= options.Duration; age++)
        {
            var since = options.Physics.Delay + age;
            if (Spoke(history, since, speaker, copy) && (age > 0 || speaker != listener) && IsNear(history, since, speaker, listener, copy))
            {
                return new(Fate.Arrives, since, strengths[age]);
            }
        }

        return default;
    }

    /// <summary>The trace lies within reach of where the listener is now.</summary>
    private bool IsNear(History history, int since, int speaker, int listener, int copy)
    {
        if (history.Find(0, listener, copy) is not { } here || !here.Has(SpokenMessages.Place))
        {
            return true;
        }

        var left = history.Find(since, speaker, copy)![SpokenMessages.Place];
        var now = here[SpokenMessages.Place];
        var coordinates = here.Layout.Fields[SpokenMessages.Place].Shape[1];
        var square = 0.0;
        for (var i = copy * coordinates; i < (copy + 1) * coordinates; i++)
        {
            square += (left[i] - now[i]) * (double)(left[i] - now[i]);
        }

        return square <= options.Reach * options.Reach;
    }
}
