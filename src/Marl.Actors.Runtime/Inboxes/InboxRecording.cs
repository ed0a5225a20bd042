using System.Runtime.InteropServices;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>
/// Writes down what one cell takes, and what comes of it. After the header, a mark and what belongs to it for each thing that
/// happens; a layout is written where it occurs first, and is a number from then on.
/// </summary>
internal sealed class InboxRecording(string path, InboxHeader header) : ICellWatch
{
    private readonly Lock gate = new(); // a failed run is closed while its last stages may still fire
    private readonly Dictionary<MessageLayout, int> layouts = [];
    private readonly Dictionary<int, bool> answers = [];
    private InboxStream? file;
    private BinaryWriter? writer;
    private (long Firings, long Taken, long Sent) counts;

    /// <summary>The file.</summary>
    public string Path => path;

    public void Began(StageSnapshot? from)
    {
        lock (gate)
        {
            if (file is null) // a stage that crashes begins more than once
            {
                var folder = WholeFile.Folder(System.IO.Path.GetDirectoryName(path)!);
                if (!folder.IsSuccess)
                {
                    throw StageException.Of(folder.Diagnostics[0]);
                }

                file = new(path);
                writer = new(file);
                header.Write(writer);
            }

            writer?.Write((byte)(from is null ? InboxMark.Start : InboxMark.State));
            if (from is not null)
            {
                Put(from);
            }
        }
    }

    public void Took(Firing firing)
    {
        lock (gate)
        {
            counts.Firings++;
            writer?.Write((byte)InboxMark.Firing);
            for (var port = 0; port < header.Lanes.Count; port++)
            {
                for (var peer = 0; peer < header.Lanes[port]; peer++)
                {
                    var count = firing.Count(port, peer);
                    counts.Taken += count;
                    writer?.Write7BitEncodedInt(count);
                    for (var k = 0; k < count; k++)
                    {
                        Put(firing[port, peer, k]);
                    }
                }
            }
        }
    }

    public void Asked(int port, bool isRead)
    {
        lock (gate)
        {
            if (!answers.TryGetValue(port, out var before) || before != isRead)
            {
                answers[port] = isRead;
                writer?.Write((byte)InboxMark.Answer);
                writer?.Write7BitEncodedInt(port);
                writer?.Write(isRead);
            }
        }
    }

    public void Sent(int port, int peer, Message message)
    {
        lock (gate)
        {
            counts.Sent++;
            writer?.Write((byte)InboxMark.Sent);
            writer?.Write7BitEncodedInt(port);
            writer?.Write(peer);
            Put(message);
        }
    }

    public void Fired() => Mark(InboxMark.Fired);

    public void Ended() => Mark(InboxMark.Ended);

    /// <summary>The run is over; what comes later is not recorded.</summary>
    /// <returns>The file's length, 0 where the stage never began, or why there is no file.</returns>
    public Result<long> Close()
    {
        lock (gate)
        {
            if (file is null || writer is null)
            {
                return Result.Success(0L);
            }

            try
            {
                writer.Write((byte)InboxMark.Close);
                writer.Write(counts.Firings);
                writer.Write(counts.Taken);
                writer.Write(counts.Sent);
            }
            catch (StageException)
            {
                // The file was refused; Finish says it.
            }

            writer = null;
            return file.Finish();
        }
    }

    private void Put(StageSnapshot state)
    {
        writer?.Write7BitEncodedInt(state.Entries.Count);
        foreach (var (name, bytes) in state.Entries)
        {
            writer?.Write(name);
            writer?.Write7BitEncodedInt(bytes.Length);
            writer?.Write(bytes);
        }
    }

    private void Mark(InboxMark mark)
    {
        lock (gate)
        {
            writer?.Write((byte)mark);
        }
    }

    private void Put(Message message)
    {
        if (writer is null)
        {
            return;
        }

        var isKnown = layouts.TryGetValue(message.Layout, out var layout);
        if (!isKnown)
        {
            layouts.Add(message.Layout, layout = layouts.Count);
        }

        writer.Write7BitEncodedInt(layout);
        if (!isKnown)
        {
            Put(writer, message.Layout);
        }

        writer.Write(message.Stamp.Update);
        writer.Write(message.Stamp.Step);
        writer.Write(message.Stamp.Round);
        writer.Write(MemoryMarshal.AsBytes(message.Block));
    }

    private static void Put(BinaryWriter writer, MessageLayout layout)
    {
        writer.Write(layout.Kind);
        writer.Write7BitEncodedInt(layout.Fields.Count);
        foreach (var field in layout.Fields)
        {
            writer.Write(field.Name);
            writer.Write7BitEncodedInt(field.Shape.Count);
            foreach (var extent in field.Shape)
            {
                writer.Write7BitEncodedInt(extent);
            }
        }
    }
}
