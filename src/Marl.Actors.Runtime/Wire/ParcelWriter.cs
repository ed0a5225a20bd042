using System.Runtime.InteropServices;
using Marl.Actors.Core.Messages;

namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// Puts parcels into bytes: a head, and a body that is the floats or the note as they lie in memory. A layout is said once,
/// in front of the first token that has it; afterwards it is a number. When all numbers are used the oldest are used again.
/// </summary>
internal sealed class ParcelWriter(ConduitLimits limits)
{
    private readonly Dictionary<MessageLayout, int> numbers = [];
    private readonly Dictionary<MessageLayout, int> known = new(ReferenceEqualityComparer.Instance); // of the same, found faster
    private readonly MessageLayout?[] layouts = new MessageLayout?[limits.Layouts];
    private int said;

    /// <summary>The layout of absent tokens has no number of its own.</summary>
    public static MessageLayout AbsentLayout { get; } = Message.Absent(default).Layout;

    /// <summary>The token of a parcel, if it carries one.</summary>
    public static Message? Token(Parcel parcel) => parcel switch
    {
        TokenParcel token => token.Message,
        ObservationParcel observation => observation.Message,
        _ => null,
    };

    /// <summary>What follows behind the head.</summary>
    public static ReadOnlySpan<byte> Body(Parcel parcel) =>
        parcel is NoteParcel note ? note.Body : Token(parcel) is { } message ? MemoryMarshal.AsBytes(message.Block) : [];

    /// <summary>Whether the parcel's layout has to be said first.</summary>
    public bool IsNews(Parcel parcel) => Token(parcel) is { IsAbsent: false } message && !TryNumber(message.Layout, out _);

    /// <summary>Says a layout: a parcel without a body.</summary>
    public void WriteLayout(WireWriter to, MessageLayout layout)
    {
        var number = said++ % layouts.Length;
        if (layouts[number] is { } old)
        {
            numbers.Remove(old);
            known.Clear();
        }

        layouts[number] = layout;
        numbers.Add(layout, number);
        to.Byte((byte)ParcelKind.Layout);
        to.Small(number);
        LayoutCodec.Write(to, layout);
    }

    /// <summary>Writes a parcel's head.</summary>
    public void WriteHead(WireWriter to, Parcel parcel)
    {
        switch (parcel)
        {
            case TokenParcel token:
                to.Byte((byte)ParcelKind.Token);
                to.Small(token.Link);
                WriteStamp(to, token.Message);
                break;
            case SupersededParcel superseded:
                to.Byte((byte)ParcelKind.Superseded);
                to.Small(superseded.Link);
                break;
            case EndParcel end:
                to.Byte((byte)ParcelKind.End);
                to.Small(end.Link);
                break;
            case GrantParcel grant:
                to.Byte((byte)ParcelKind.Grant);
                to.Small(grant.Link);
                to.Small(grant.Credits);
                break;
            case ObservationParcel observation:
                to.Byte((byte)ParcelKind.Observation);
                to.Small(observation.Cell);
                to.Small(observation.Output);
                to.Near(observation.Peer);
                WriteStamp(to, observation.Message);
                break;
            case NoteParcel note:
                to.Byte((byte)ParcelKind.Note);
                to.Text(note.Kind);
                break;
            default:
                throw new WireException($"{parcel.GetType().Name} is no parcel that travels.");
        }
    }

    private void WriteStamp(WireWriter to, Message message)
    {
        to.Small(message.IsAbsent || !TryNumber(message.Layout, out var number) ? 0 : number + 1);
        to.Near(message.Stamp.Update);
        to.Near(message.Stamp.Step);
        to.Near(message.Stamp.Round);
    }

    private bool TryNumber(MessageLayout layout, out int number)
    {
        if (known.TryGetValue(layout, out number))
        {
            return true;
        }

        if (!numbers.TryGetValue(layout, out number))
        {
            return false;
        }

        if (known.Count == 2 * layouts.Length)
        {
            known.Clear();
        }

        known.Add(layout, number);
        return true;
    }
}
