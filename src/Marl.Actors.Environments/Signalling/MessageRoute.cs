namespace Marl.Actors.Environments.Signalling;

/// <summary>How a message gets from a sender to the receiver.</summary>
public enum MessageRoute
{
    /// <summary>Outside the world, by a channel of the pipeline: the senders have nothing to do in the world.</summary>
    Channel,

    /// <summary>Through the world: what a sender does is a word, which the receiver observes in the next step.</summary>
    World,
}
