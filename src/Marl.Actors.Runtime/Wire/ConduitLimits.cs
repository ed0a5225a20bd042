namespace Marl.Actors.Runtime.Wire;

/// <summary>What bounds a conduit. Both ends use the same.</summary>
internal sealed record ConduitLimits
{
    /// <summary>The limits of a run.</summary>
    public static ConduitLimits Standard { get; } = new();

    /// <summary>Bytes of parcels in one frame. Below 64 KiB a frame stays out of the large-object heap in each of Akka's copies (measured).</summary>
    public int ChunkBytes { get; init; } = 60_000;

    /// <summary>Bytes sent and not acknowledged, above which nothing more is sent.</summary>
    public int WindowBytes { get; init; } = 512 * 1024;

    /// <summary>Frames sent and not acknowledged. An acknowledgement has a bit for each.</summary>
    public int WindowFrames { get; init; } = 64;

    /// <summary>Frames after which the receiver acknowledges; a quarter of the window's bytes is the other reason.</summary>
    public int FramesPerAck { get; init; } = 16;

    /// <summary>The largest parcel in bytes.</summary>
    public int LargestParcel { get; init; } = 1 << 30;

    /// <summary>Layouts known at once; an older one is said again when it comes back.</summary>
    public int Layouts { get; init; } = 256;

    /// <summary>How long the oldest frame may go unacknowledged before it is sent again.</summary>
    public TimeSpan FirstTimeout { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The timeout doubles up to this while nothing is heard.</summary>
    public TimeSpan LongestTimeout { get; init; } = TimeSpan.FromSeconds(3);
}
