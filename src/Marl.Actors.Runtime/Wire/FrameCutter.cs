namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// The parcels that wait at a conduit's sending end, and how they become frames: small ones share a frame, a large one is cut
/// straight out of its message, so that its bytes are never in memory a second time as a whole. A token that may be superseded
/// has frames of its own. Each parcel has its length in front.
/// </summary>
internal sealed class FrameCutter(ConduitLimits limits) : IDisposable
{
    private const int MostHead = 64; // bytes of a length and a head without text

    private readonly Queue<(Parcel Parcel, LatestToken? Latest)> waiting = new();
    private readonly ParcelWriter parcels = new(limits);
    private readonly WireWriter frame = new(limits.ChunkBytes);
    private readonly WireWriter head = new();
    private Parcel? cutting;     // the large one under way,
    private LatestToken? latest; // what is known of it if it may be superseded,
    private int done;            // and bytes of its body that are in frames
    private int link;            // of the first token in the frame

    /// <summary>What has been cut.</summary>
    public Traffic Traffic { get; } = new();

    /// <summary>Parcels not wholly in frames.</summary>
    public int Waiting => waiting.Count + (cutting is null ? 0 : 1);

    /// <summary>What a void frame says.</summary>
    public static byte[] Word(int link)
    {
        var word = new WireWriter(5);
        word.Small(link);
        return word.ToArray();
    }

    /// <summary>Puts a parcel behind the others.</summary>
    public void Add(Parcel parcel, LatestToken? token) => waiting.Enqueue((parcel, token));

    /// <summary>The next frame; null when nothing waits.</summary>
    public SentFrame? Cut(ConduitKey key, long number)
    {
        frame.Clear();
        link = -1;
        var token = cutting is null ? Gather(number) : Continue(number);
        return frame.Length == 0 ? null : new(new(key.Run, key.Epoch, key.From, key.To, number, cutting is null, token is { IsVoid: true }, frame.ToArray()), token, link);
    }

    public void Dispose()
    {
        Release(cutting);
        cutting = null;
        foreach (var (parcel, token) in waiting)
        {
            Release(token?.Parcel ?? parcel);
        }

        waiting.Clear();
    }

    // As many small parcels as fit, or the beginning of a large one.
    private LatestToken? Gather(long number)
    {
        while (waiting.TryPeek(out var next))
        {
            var token = next.Latest is { IsVoid: false } alive ? alive : null;
            var parcel = next.Latest?.Parcel ?? next.Parcel;
            var isApart = token is not null || Size(parcel) > limits.ChunkBytes;
            if (frame.Length > 0 && (isApart || frame.Length + Size(parcel) > limits.ChunkBytes))
            {
                return null;
            }

            if (parcels.IsNews(parcel))
            {
                // A parcel of its own: a layout must not be given up together with a token.
                head.Clear();
                parcels.WriteLayout(head, ParcelWriter.Token(parcel)!.Layout);
                frame.Bytes(head.Written);
                continue;
            }

            waiting.Dequeue();
            var body = ParcelWriter.Body(parcel);
            var before = frame.Length;
            head.Clear();
            parcels.WriteHead(head, parcel);
            frame.Small(head.Length + body.Length);
            frame.Raw(head.Written);
            Count(parcel, frame.Length - before + body.Length);
            if (isApart)
            {
                (cutting, latest, done) = (parcel, token, 0);
                token?.FirstFrame = number;
                return Continue(number);
            }

            frame.Raw(body);
            Release(parcel);
        }

        return null;
    }

    // The next chunk of the large parcel, or the word that it is given up.
    private LatestToken? Continue(long number)
    {
        var token = latest;
        var body = ParcelWriter.Body(cutting!);
        var chunk = Math.Min(body.Length - done, limits.ChunkBytes - frame.Length);
        if (token is { IsVoid: true })
        {
            frame.Small(token.Link);
            chunk = 0;
        }
        else
        {
            frame.Raw(body.Slice(done, chunk));
        }

        done += chunk;
        link = (cutting as TokenParcel)?.Link ?? -1;
        if (done == body.Length || token is { IsVoid: true })
        {
            token?.LastFrame = number;
            Release(cutting);
            (cutting, latest) = (null, null);
        }

        return token;
    }

    private static int Size(Parcel parcel) => MostHead + ParcelWriter.Body(parcel).Length + (parcel is NoteParcel note ? 3 * note.Kind.Length : 0);

    private static void Release(Parcel? parcel)
    {
        if (parcel is not null)
        {
            ParcelWriter.Token(parcel)?.Release();
        }
    }

    private void Count(Parcel parcel, int bytes)
    {
        if (parcel is TokenParcel token)
        {
            Traffic.Token(token.Link, token.Message.Layout.Bytes, bytes);
            link = link < 0 ? token.Link : link;
        }
    }
}
