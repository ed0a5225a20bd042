using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Marl.Actors.Core.Traces;

/// <summary>
/// Where floats are the same to the bit: operating system, architecture, instruction set and .NET's major version. Digests
/// are compared within one profile, everything else across profiles.
/// </summary>
public static class NumericProfile
{
    /// <summary>This process: <c>linux x64 avx2 net10</c>.</summary>
    public static string Current { get; } =
        $"{Platform} {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()} {Instructions} net{Environment.Version.Major}";

    private static string Platform => OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : OperatingSystem.IsLinux() ? "linux" : "other";

    private static string Instructions => Avx512F.IsSupported ? "avx512" : Avx2.IsSupported ? "avx2" : AdvSimd.IsSupported ? "neon" : "base";
}
