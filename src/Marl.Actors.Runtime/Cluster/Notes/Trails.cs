using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Traces;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Tracing;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Notes;

/// <summary>What a host has recorded of the links its cells send on, on the wire.</summary>
internal static class Trails
{
    private const int MostMessages = 100_000_000;
    private const int MostFields = 10_000;

    public static byte[] Write(IReadOnlyCollection<LinkTrail> trails)
    {
        var writer = new WireWriter();
        writer.Small(trails.Count);
        foreach (var trail in trails)
        {
            writer.Int(trail.Link.Id);
            writer.Bytes(trail.Digest);
            writer.Text(trail.Sent.Name);
            writer.Long(trail.Sent.Count);
            writer.Flag(trail.Sent.HasEnded);
            writer.Small(trail.Sent.Messages.Count);
            foreach (var message in trail.Sent.Messages)
            {
                Write(writer, message);
            }
        }

        return writer.ToArray();
    }

    /// <exception cref="WireException">The bytes are none of ours, or speak of links that are not there.</exception>
    public static IReadOnlyList<LinkTrail> Read(byte[] body, Topology topology)
    {
        var reader = new WireReader(body);
        var trails = new LinkTrail[reader.Count(topology.Links.Count, 16)];
        for (var i = 0; i < trails.Length; i++)
        {
            var link = Statuses.At(topology.Links, reader.Int());
            var digest = reader.Bytes(64).ToArray();
            var (name, count, hasEnded) = (reader.Text(), reader.Long(), reader.Flag());
            var messages = new TraceMessage[reader.Count(MostMessages, 20)];
            for (var k = 0; k < messages.Length; k++)
            {
                messages[k] = ReadMessage(reader);
            }

            trails[i] = new(link, digest, new(name, count, hasEnded, [.. messages]));
        }

        return trails;
    }

    private static void Write(WireWriter writer, TraceMessage message)
    {
        writer.Long(message.Number);
        writer.Int(message.Stamp.Update);
        writer.Int(message.Stamp.Step);
        writer.Int(message.Stamp.Round);
        writer.Text(message.Kind);
        writer.Long(message.Order);
        writer.Small(message.Fields.Count);
        foreach (var field in message.Fields)
        {
            writer.Text(field.Name);
            writer.Text(field.Shape);
            writer.Flag(field.IsWhole);
            writer.Double(field.Centre);
            writer.Double(field.Min);
            writer.Double(field.Max);
        }
    }

    private static TraceMessage ReadMessage(WireReader reader)
    {
        var number = reader.Long();
        var stamp = new Stamp(reader.Int(), reader.Int(), reader.Int());
        var (kind, order) = (reader.Text(), reader.Long());
        var fields = new TraceField[reader.Count(MostFields, 27)];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = new(reader.Text(), reader.Text(), reader.Flag(), reader.Double(), reader.Double(), reader.Double());
        }

        return new(number, stamp, kind, [.. fields], order);
    }
}
