using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Policies.Agents;

/// <summary>
/// What an agent that is sent weights holds between two firings. A part of its stage, not an object: a step neither allocates it
/// nor goes through a reference to it, so the field that holds it must not be readonly.
/// </summary>
internal struct HeldTokens
{
    /// <summary>A step token that has not been acted on; null where there is none.</summary>
    public Message? Step { get; private set; }

    /// <summary>The weights in use; null before the first.</summary>
    public Message? Weights { get; private set; }

    /// <summary>Holds a step token until <see cref="Drop"/>.</summary>
    public void Hold(Message step) => Step = step.Retain();

    /// <summary>Gives back the step token held.</summary>
    public void Drop()
    {
        Step!.Release();
        Step = null;
    }

    /// <summary>Weights come into use; what was made of those before is needed no longer.</summary>
    public void Use(Message weights)
    {
        Weights?.Release();
        Weights = weights.Retain();
    }

    /// <summary>Stores both.</summary>
    public readonly void Save(StageSnapshot snapshot)
    {
        snapshot.Put("agent.has", [Step is null ? (byte)0 : (byte)1, Weights is null ? (byte)0 : (byte)1]);
        if (Step is not null)
        {
            snapshot.PutMessage("agent.held", Step);
        }

        if (Weights is not null)
        {
            snapshot.PutMessage("agent.weights", Weights);
        }
    }

    /// <summary>Holds the step token stored, if any.</summary>
    /// <param name="snapshot">What <see cref="Save"/> has stored.</param>
    /// <returns>The weights stored, for the stage to make ready, <see cref="Use"/> and release; null where there are none.</returns>
    public Message? Load(StageSnapshot snapshot)
    {
        Span<byte> has = stackalloc byte[2];
        snapshot.GetInto("agent.has", has);
        Step = has[0] == 1 ? snapshot.GetMessage("agent.held") : null;
        return has[1] == 1 ? snapshot.GetMessage("agent.weights") : null;
    }

    /// <summary>Gives back both.</summary>
    public void Release()
    {
        Step?.Release();
        Weights?.Release();
        (Step, Weights) = (null, null);
    }
}
