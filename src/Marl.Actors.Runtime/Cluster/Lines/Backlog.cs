using Akka.Actor;

namespace Marl.Actors.Runtime.Cluster.Lines;

/// <summary>
/// How much Akka has been given that it has not looked at. It takes whatever it is given into mailboxes without bound, so that
/// one caller who never stops made a node grow by 200 MB a second; lines wait here before they read on.
/// </summary>
internal sealed class Backlog : IExtension
{
    private const int Most = 1 << 22; // bytes
    private const int Envelope = 256; // bytes that a frame takes besides its own, roughly

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(2); // Akka does not get through a tenth of it in that time

    private long bytes;

    /// <summary>Bytes there are now.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>That of an actor system.</summary>
    public static Backlog Of(ActorSystem system) => system.WithExtension<Backlog, Provider>();

    /// <summary>A frame waits.</summary>
    public void Add(int length) => Interlocked.Add(ref bytes, length + Envelope);

    /// <summary>It waits no more.</summary>
    public void Remove(int length) => Interlocked.Add(ref bytes, -length - Envelope);

    /// <summary>Done when Akka has caught up.</summary>
    public async ValueTask RoomAsync()
    {
        while (Bytes > Most)
        {
            await Task.Delay(Breath);
        }
    }

    private sealed class Provider : ExtensionIdProvider<Backlog>
    {
        public override Backlog CreateExtension(ExtendedActorSystem system) => new();
    }
}
