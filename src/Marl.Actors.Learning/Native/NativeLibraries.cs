using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Marl.Actors.Learning.Native;

/// <summary>
/// Loads TorchSharp's bridge to libtorch. <c>libLibTorchSharp.so</c> 0.107 demands GLIBCXX_3.4.32 (GCC 13), which Debian 12 and
/// Ubuntu 22.04 don't have, though no relocation refers to a symbol of that version. There a copy is loaded whose demand
/// is weak; TorchSharp then finds it by its soname.
/// </summary>
internal static class NativeLibraries
{
    private const string Bridge = "libLibTorchSharp.so";
    private const string UnusedDemand = "GLIBCXX_3.4.32";
    private const uint CloseOnExec = 1; // MFD_CLOEXEC

    /// <summary>What the bridge needs, in the order in which it can be loaded.</summary>
    private static readonly string[] Before = ["libc10.so", "libtorch_cpu.so", "libtorch.so"];

    /// <summary>The folders in which this process looks for native libraries: the host's list, then the program's own folder, flat or by platform.</summary>
    public static IEnumerable<string> Folders =>
        ((AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string) ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Append(AppContext.BaseDirectory)
        .Append(Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"))
        .Append(Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"))
        .Distinct();

    /// <summary>The folder with the bridge in it; null when there is none.</summary>
    public static string? BridgeFolder => Folders.FirstOrDefault(f => File.Exists(Path.Combine(f, Bridge)));

    /// <summary>The first library the bridge needs that is not beside it; null when all are.</summary>
    public static string? Missing(string folder) => Before.FirstOrDefault(name => !File.Exists(Path.Combine(folder, name)));

    /// <summary>Loads the bridge from <paramref name="folder"/>, as it is where that works, else the weakened copy.</summary>
    /// <returns>Whether the copy was needed.</returns>
    /// <exception cref="DllNotFoundException">Neither loads; the message is the system's.</exception>
    public static bool Load(string folder)
    {
        if (NativeLibrary.TryLoad(Path.Combine(folder, Bridge), out _))
        {
            return false;
        }

        foreach (var name in Before)
        {
            NativeLibrary.Load(Path.Combine(folder, name));
        }

        LoadWeakened(Path.Combine(folder, Bridge));
        return true;
    }

    /// <summary>
    /// The copy is a file in memory, so that it needs no writable and executable folder and leaves nothing behind: the mapping
    /// outlasts the descriptor.
    /// </summary>
    private static void LoadWeakened(string path)
    {
        var library = File.ReadAllBytes(path);
        ElfVersionNeeds.Weaken(library, UnusedDemand);
        var descriptor = LibC.CreateMemoryFile(Bridge, CloseOnExec);
        if (descriptor < 0)
        {
            throw new IOException($"The system gives no file in memory: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.Write(file, library, fileOffset: 0);
        NativeLibrary.Load($"/proc/self/fd/{descriptor}");
    }
}
