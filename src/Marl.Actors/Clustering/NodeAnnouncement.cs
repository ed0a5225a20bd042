namespace Marl.Actors.Clustering;

/// <summary>What a node prints when it has joined; whoever started it reads the address from there.</summary>
public static class NodeAnnouncement
{
    /// <summary>Stands before the address.</summary>
    public const string Listening = "listening on ";
}
