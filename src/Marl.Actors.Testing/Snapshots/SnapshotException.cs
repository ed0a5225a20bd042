namespace Marl.Actors.Testing.Snapshots;

/// <summary>A snapshot test failed; the message names the files and holds both texts.</summary>
public sealed class SnapshotException(string message) : Exception(message);
