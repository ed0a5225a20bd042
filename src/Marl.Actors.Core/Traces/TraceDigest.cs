using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Marl.Actors.Core.Traces;

/// <summary>Exact digests: equal only for equal bits.</summary>
public static class TraceDigest
{
    /// <summary>Of floats.</summary>
    public static string Of(ReadOnlySpan<float> values) => Text(SHA256.HashData(MemoryMarshal.AsBytes(values)));

    /// <summary>A hash as traces print it.</summary>
    public static string Text(byte[] hash) => "sha256:" + Convert.ToHexStringLower(hash);
}
