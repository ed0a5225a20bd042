using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Tests.Runs;

/// <summary>
/// Digests what the run reports: metrics, episodes, scores, to the bit. Tokens of several instances come in the order of the
/// schedule, so their hashes, which hold the stamps, are added up.
/// </summary>
internal sealed class PortDigests : IRunObserver
{
    private readonly SortedDictionary<string, (long Messages, UInt128 Sum)> ports = new(StringComparer.Ordinal);

    public void Observe(Node node, OutputPort port, int peer, Message message)
    {
        var name = $"{node.Id}.{port.Name}[{peer}]";
        var (messages, sum) = ports.GetValueOrDefault(name);
        ports[name] = (messages + 1, unchecked(sum + Hash(message)));
    }

    /// <summary>A line a port: how many messages, and their digest.</summary>
    public override string ToString() => string.Join('\n', ports.Select(p => $"{p.Key}: {p.Value.Messages} messages, {p.Value.Sum:x32}"));

    private static UInt128 Hash(Message message)
    {
        var stamp = System.Text.Encoding.UTF8.GetBytes($"{message.Stamp} {message.IsAbsent} ");
        var hash = SHA256.HashData([.. stamp, .. MemoryMarshal.AsBytes(message.Block)]);
        return MemoryMarshal.Read<UInt128>(hash);
    }
}
