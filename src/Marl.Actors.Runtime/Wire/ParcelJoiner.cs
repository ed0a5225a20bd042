using System.Runtime.InteropServices;

namespace Marl.Actors.Runtime.Wire;

/// <summary>Makes parcels of frames that come in order. Chunks are kept as they came until the last is there.</summary>
internal sealed class ParcelJoiner(ConduitLimits limits)
{
    private readonly ParcelReader parcels = new(limits);
    private readonly List<ReadOnlyMemory<byte>> chunks = []; // the length in front is taken off
    private int announced;      // bytes in the parcel under way
    private int? voided;        // its link, when it is given up

    /// <summary>Bytes kept.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes the next frame.</summary>
    /// <exception cref="WireException">It holds no parcels.</exception>
    public void Take(Frame frame, Action<Parcel> giveOn)
    {
        if (frame.IsVoid)
        {
            var word = new WireReader(frame.Bytes);
            voided = word.Small(int.MaxValue);
            word.End();
            Clear();
        }
        else if (voided is null)
        {
            Add(frame, giveOn);
        }

        if (frame.IsLast && voided is { } link)
        {
            voided = null;
            giveOn(new SupersededParcel(link));
        }
    }

    private void Add(Frame frame, Action<Parcel> giveOn)
    {
        var reader = new WireReader(frame.Bytes);
        if (chunks.Count == 0 && frame.IsLast)
        {
            while (reader.Left > 0)
            {
                Give(parcels.Read(reader.Bytes(limits.LargestParcel)), giveOn);
            }

            return;
        }

        if (chunks.Count == 0)
        {
            announced = reader.Small(limits.LargestParcel);
        }

        var chunk = reader.Raw(reader.Left);
        chunks.Add(chunk);
        Bytes += chunk.Length;
        if (chunk.Length == 0 || Bytes > announced || (frame.IsLast && Bytes < announced))
        {
            throw new WireException($"A parcel of {announced} bytes was announced, and {Bytes} came.");
        }

        if (frame.IsLast)
        {
            var all = CollectionsMarshal.AsSpan(chunks);
            var parcel = parcels.Read(all[0], all[1..]);
            Clear();
            Give(parcel, giveOn);
        }
    }

    private void Clear()
    {
        chunks.Clear();
        Bytes = 0;
    }

    private static void Give(Parcel? parcel, Action<Parcel> giveOn)
    {
        if (parcel is not null)
        {
            giveOn(parcel);
        }
    }
}
