using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Marl.Actors.Core.Traces;

/// <summary>
/// Where floats are the same to the bit: operating system, architecture, instruction set, processor and .NET's major version.
/// The processor counts because native libraries choose their code by its maker and model; our own kernels don't. Digests are
/// compared within one profile, everything else across profiles.
/// </summary>
public static class NumericProfile
{
    /// <summary>This process: <c>linux x64 avx512 amd-26-2 net10</c>.</summary>
    public static string Current { get; } =
        $"{Platform} {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()} {Instructions} {Processor} net{Environment.Version.Major}";

    private static string Platform => OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : OperatingSystem.IsLinux() ? "linux" : "other";

    private static string Instructions => Avx512F.IsSupported ? "avx512" : Avx2.IsSupported ? "avx2" : AdvSimd.IsSupported ? "neon" : "base";

    /// <summary>Maker, family and model, as CPUID tells them (AMD64 Architecture Programmer's Manual, volume 3, appendix E.3).</summary>
    private static string Processor
    {
        get
        {
            if (!X86Base.IsSupported)
            {
                return "any";
            }

            var maker = X86Base.CpuId(0, 0).Ebx switch
            {
                0x68747541 => "amd",   // "Auth"
                0x756E6547 => "intel", // "Genu"
                _ => "other",
            };
            var signature = X86Base.CpuId(1, 0).Eax;
            var family = (signature >> 8) & 0xF;
            var model = (signature >> 4) & 0xF;
            return $"{maker}-{(family == 0xF ? family + ((signature >> 20) & 0xFF) : family)}-{model + (((signature >> 16) & 0xF) << 4)}";
        }
    }
}
