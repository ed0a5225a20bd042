using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Traces;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Tracing;

/// <summary>What was sent on one link. Only its producer's thread writes here.</summary>
internal sealed class LinkRecord(Link link, bool isFull) : IDisposable
{
    private static readonly byte[] EndMark = "end"u8.ToArray();

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<TraceMessage> messages = [];
    private MessageLayout? layout;
    private byte[] layoutBytes = [];
    private long count;
    private bool hasEnded;

    public Link Link { get; } = link;

    /// <summary>A token, as the producer sends it.</summary>
    public void Add(Message message, long order)
    {
        count++;
        Span<int> stamp = [message.Stamp.Update, message.Stamp.Step, message.Stamp.Round];
        hash.AppendData(MemoryMarshal.AsBytes(stamp));
        if (!ReferenceEquals(layout, message.Layout))
        {
            layout = message.Layout;
            layoutBytes = Encoding.UTF8.GetBytes(Description(layout) + "\n");
        }

        hash.AppendData(layoutBytes);
        hash.AppendData(MemoryMarshal.AsBytes(message.Block));
        if (isFull || Trace.Holds(count, Math.Max(Link.Producer.Instance, Link.Consumer.Instance)))
        {
            messages.Add(new(count, message.Stamp, message.Layout.Kind, Fields(message), order));
        }
    }

    /// <summary>The end of the stream.</summary>
    public void End()
    {
        hasEnded = true;
        hash.AppendData(EndMark);
    }

    /// <summary>All so far.</summary>
    public LinkTrail Trail() => new(Link, hash.GetCurrentHash(), new($"{Link.Producer.Name} → {Link.Consumer.Name}", count, hasEnded, messages.ToValues()));

    public void Dispose() => hash.Dispose();

    private static string Description(MessageLayout layout) => $"{layout.Kind} {string.Join(' ', layout.Fields.Select(f => f.ToString()))}";

    private static Values<TraceField> Fields(Message message) => message.Layout.Fields
        .Select((field, i) => (field, i))
        .Where(f => f.field.Length > 0)
        .Select(f => TraceField.Of(f.field.Name, string.Join('×', f.field.Shape), message[f.i]))
        .ToValues();
}
