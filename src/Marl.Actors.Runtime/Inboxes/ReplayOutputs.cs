using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Traces;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Tracing;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>Where a replayed stage sends: nobody takes it, it is kept until it has been compared, and counted.</summary>
internal sealed class ReplayOutputs(CellAddress cell, LinkRecord[] records) : IOutputs, IDisposable
{
    private readonly Dictionary<int, bool> answers = [];
    private readonly IncrementalHash[] hashes = [.. cell.Node.Component.Outputs.Select(_ => IncrementalHash.CreateHash(HashAlgorithmName.SHA256))];
    private readonly long[] counts = new long[cell.Node.Component.Outputs.Count];
    private long order;

    /// <summary>What was sent since the last <see cref="Clear"/>, in order.</summary>
    public List<SentToken> Sent { get; } = [];

    /// <summary>What was sent on each port.</summary>
    public Values<ReplayedPort> Ports => cell.Node.Component.Outputs
        .Select((port, i) => new ReplayedPort(port.Name, counts[i], TraceDigest.Text(hashes[i].GetCurrentHash())))
        .ToValues();

    /// <summary>What the stage was told in the run about ports it asked for.</summary>
    public void Learn(Dictionary<int, bool> told)
    {
        foreach (var (port, isRead) in told)
        {
            answers[port] = isRead;
        }
    }

    /// <summary>A port the stage never asked for in the run is read: what it then sends is a difference.</summary>
    public bool IsRead(int port) => answers.GetValueOrDefault(port, true);

    public void Send(int port, Message message) => Send(port, -1, message);

    public void Send(int port, int peer, Message message)
    {
        message.Seal();
        counts[port]++;
        Hash(port, peer, message);
        foreach (var record in records)
        {
            if (record.Link.Output == port && (peer < 0 || record.Link.Reader == peer))
            {
                record.Add(message, ++order);
            }
        }

        Sent.Add(new(port, peer, message));
    }

    public void Clear()
    {
        Sent.ForEach(s => s.Message.Release());
        Sent.Clear();
    }

    public void Dispose() => Array.ForEach(hashes, h => h.Dispose());

    private void Hash(int port, int peer, Message message)
    {
        Span<int> head = [peer, message.Stamp.Update, message.Stamp.Step, message.Stamp.Round];
        hashes[port].AppendData(MemoryMarshal.AsBytes(head));
        hashes[port].AppendData(Encoding.UTF8.GetBytes($"{message.Layout}\n"));
        hashes[port].AppendData(MemoryMarshal.AsBytes(message.Block));
    }
}
