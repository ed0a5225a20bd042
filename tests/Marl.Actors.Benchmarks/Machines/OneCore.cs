using System.Diagnostics;

namespace Marl.Actors.Benchmarks.Machines;

/// <summary>For processes that were told that the machine has one core.</summary>
internal static class OneCore
{
    /// <summary>Keeps this process on one core, where the system allows it.</summary>
    public static void Pin()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            using var process = Process.GetCurrentProcess();
            process.ProcessorAffinity = 1;
        }
    }
}
