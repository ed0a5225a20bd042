using System.Net;
using System.Net.Sockets;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cluster.Nodes;

namespace Marl.Actors.Runtime.Cluster.Security;

/// <summary>Where a node listens, and whether it may.</summary>
internal static class Exposure
{
    /// <summary>A free port of this machine on the side that another node is on; of loopback when there is none, or no way to it.</summary>
    public static NodeAddress Toward(NodeAddress? other)
    {
        using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Connect(other?.Host.Trim('[', ']') ?? "127.0.0.1", Math.Max(1, other?.Port ?? 1)); // sends nothing: it asks for the route
            var side = ((IPEndPoint)socket.LocalEndPoint!).Address;
            side = side.IsIPv4MappedToIPv6 ? side.MapToIPv4() : side;
            return new(side.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{side}]" : $"{side}", 0);
        }
        catch (SocketException)
        {
            return new("127.0.0.1", 0);
        }
    }


    /// <summary>Why it can't listen there; null when it can. Tried beforehand: Akka.Hosting prints a stack trace when it fails.</summary>
    public static string? Obstacle(NodeAddress listen)
    {
        try
        {
            var address = IPAddress.TryParse(listen.Host, out var numeric) ? numeric : Dns.GetHostAddresses(listen.Host)[0];
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, listen.Port));
            return null;
        }
        catch (SocketException e)
        {
            return e.Message.TrimEnd('.') + ".";
        }
    }

    /// <summary>Why it may not; null when it may.</summary>
    public static Diagnostic? Problem(NodeOptions options)
    {
        var host = options.Listen!.Host;
        var isAddress = IPAddress.TryParse(host, out var address);
        return isAddress && (address!.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            ? new(
                SecurityCodes.Unspecified, SourceSpan.Whole("command line"), $"{host} stands for every address of this machine: other nodes can't call it by that.",
                "Name the address or the host name by which the others reach this machine.")
            : options.Credentials is not null || options.IsInsecure || host == "localhost" || (isAddress && IPAddress.IsLoopback(address!)) ? null
            : new(
                SecurityCodes.Open, SourceSpan.Whole("command line"), $"Without certificates anybody who reaches {options.Listen} could command this node.",
                "Give --certificate and --authority (marl cluster certificates makes them), or listen on 127.0.0.1; --insecure accepts the danger.");
    }
}
