using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote.Transport;

namespace Marl.Actors.Runtime.Cluster.Security;

/// <summary>
/// Akka's own transport, whose callers are counted: while too many are there it hangs up on others at once. Akka makes an actor for
/// every one and keeps it until that has noticed its end, so that a node without processor time grew by 1.4 GB under 12,000 callers.
/// </summary>
internal sealed class CountedTransport : Transport
{
    private const int Most = 512; // at 20 kB each; a node of the cluster is one

    private readonly Transport inner;
    private int callers;

    /// <summary>Akka makes it, with the block of its settings.</summary>
    public CountedTransport(ActorSystem system, Config config)
    {
        inner = (Transport)Activator.CreateInstance(Type.GetType(config.GetString("counted-class"), throwOnError: true)!, system, config)!;
        (System, Config, SchemeIdentifier, MaximumPayloadBytes) = (system, config, inner.SchemeIdentifier, inner.MaximumPayloadBytes);
    }

    /// <summary>Akka's settings that put it in the place of the transport it counts for.</summary>
    public static string Hocon(string host, int port, string frame) => $$"""
        akka.remote.dot-netty.tcp.transport-class = "{{typeof(CountedTransport).FullName}}, {{typeof(CountedTransport).Assembly.GetName().Name}}"
        akka.remote.dot-netty.tcp.counted-class = "Akka.Remote.Transport.DotNetty.TcpTransport, Akka.Remote"
        akka.remote.dot-netty.tcp.hostname = "{{host}}"
        akka.remote.dot-netty.tcp.port = {{port}}
        akka.remote.dot-netty.tcp.maximum-frame-size = {{frame}}
        """;

    public override bool IsResponsibleFor(Address remote) => inner.IsResponsibleFor(remote);

    public override Task<AssociationHandle> Associate(Address remoteAddress) => inner.Associate(remoteAddress);

    public override Task<bool> Shutdown() => inner.Shutdown();

    public override Task<bool> ManagementCommand(object message) => inner.ManagementCommand(message);

    public override async Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        var (address, downstairs) = await inner.Listen();
        var upstairs = new TaskCompletionSource<IAssociationEventListener>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = ForwardAsync(upstairs.Task, downstairs);
        return (address, upstairs);
    }

    private async Task ForwardAsync(Task<IAssociationEventListener> listener, TaskCompletionSource<IAssociationEventListener> downstairs) =>
        downstairs.SetResult(new Counter(this, await listener));

    private bool Admit()
    {
        if (Interlocked.Increment(ref callers) <= Most)
        {
            return true;
        }

        Interlocked.Decrement(ref callers);
        return false;
    }

    private sealed class Counter(CountedTransport transport, IAssociationEventListener listener) : IAssociationEventListener
    {
        public void Notify(IAssociationEvent ev)
        {
            if (ev is not InboundAssociation { Association: var line })
            {
                listener.Notify(ev);
            }
            else if (transport.Admit())
            {
                listener.Notify(new InboundAssociation(new CountedLine(transport, line)));
            }
            else
            {
                line.Disassociate("too many callers", transport.System.Log);
            }
        }
    }

    /// <summary>A caller's line, until Akka lets go of it: whoever has hung up is counted as long as its actor is there.</summary>
    private sealed class CountedLine : AssociationHandle
    {
        private readonly CountedTransport transport;
        private readonly AssociationHandle line;
        private int isReleased;

        public CountedLine(CountedTransport transport, AssociationHandle line) : base(line.LocalAddress, line.RemoteAddress)
        {
            (this.transport, this.line) = (transport, line);
            ReadHandlerSource = line.ReadHandlerSource;
        }

        public override bool Write(Google.Protobuf.ByteString payload) => line.Write(payload);

        [Obsolete("Akka calls it.")]
        public override void Disassociate()
        {
            if (Interlocked.Exchange(ref isReleased, 1) == 0)
            {
                Interlocked.Decrement(ref transport.callers);
            }

            line.Disassociate();
        }
    }
}
