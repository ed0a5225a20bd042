using Marl.Actors.Core.Messages;

namespace Marl.Actors.Runtime.Wire;

/// <summary>What the nodes of a run say to each other, in order and exactly once.</summary>
internal abstract record Parcel;

/// <summary>A token towards a link's consumer. Whoever holds the parcel holds one reference to the message.</summary>
internal sealed record TokenParcel(int Link, Message Message) : Parcel;

/// <summary>A newer token of the link stands for one that was not delivered: the credit it took is used all the same.</summary>
internal sealed record SupersededParcel(int Link) : Parcel;

/// <summary>No more tokens will come on this link.</summary>
internal sealed record EndParcel(int Link) : Parcel;

/// <summary>The link's producer may send that many more tokens.</summary>
internal sealed record GrantParcel(int Link, int Credits) : Parcel;

/// <summary>A token of an observed port, for whoever watches the run. Whoever holds the parcel holds one reference to the message.</summary>
/// <param name="Cell">The producer's number.</param>
/// <param name="Output">Output port index.</param>
/// <param name="Peer">The reader spoken to, as in <c>IRunObserver</c>; −1 for all.</param>
/// <param name="Message">The token.</param>
internal sealed record ObservationParcel(int Cell, int Output, int Peer, Message Message) : Parcel;

/// <summary>A word of the run's direction, written and read by who knows its kind.</summary>
internal sealed record NoteParcel(string Kind, byte[] Body) : Parcel;
