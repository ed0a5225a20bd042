using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Nodes;

/// <summary>A parcel for the participant at the other end.</summary>
/// <param name="Parcel">The parcel.</param>
/// <param name="IsSupersedable">A newer one of the same link makes it useless.</param>
internal sealed record Outgoing(Parcel Parcel, bool IsSupersedable = false);

/// <summary>A note for the participant at the other end; it is no token and not counted as under way here.</summary>
internal sealed record OutgoingNote(NoteParcel Note);

/// <summary>A note from another participant.</summary>
internal sealed record IncomingNote(int From, string Kind, byte[] Body);
