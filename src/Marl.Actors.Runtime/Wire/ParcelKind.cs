namespace Marl.Actors.Runtime.Wire;

/// <summary>The first byte of a parcel.</summary>
internal enum ParcelKind : byte
{
    Token = 1,
    Superseded = 2,
    End = 3,
    Grant = 4,
    Observation = 5,
    Note = 6,
    Layout = 7, // what the tokens behind it look like; stays within the conduit
}
