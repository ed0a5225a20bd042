using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Marl.Actors.Learning.Native;

/// <summary>
/// Finds and loads TorchSharp's bridge to libtorch. <c>libLibTorchSharp.so</c> 0.107 demands GLIBCXX_3.4.32 (GCC 13), which
/// Debian 12 and Ubuntu 22.04 don't have, though no relocation refers to a symbol of that version. There a copy is loaded
/// whose demand is weak; TorchSharp then finds it by its soname.
/// </summary>
internal static class NativeLibraries
{
    private const string UnusedDemand = "GLIBCXX_3.4.32";
    private const uint CloseOnExec = 1; // MFD_CLOEXEC

    /// <summary>TorchSharp's own library; it comes with the package TorchSharp, for every system.</summary>
    public static string Bridge { get; } = Of("LibTorchSharp");

    /// <summary>What the bridge needs, in the order in which it can be loaded; it comes with a libtorch package.</summary>
    private static readonly string[] Before = [Of("c10"), Of("torch_cpu"), Of("torch")];

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

    /// <summary>The library that none of the folders holds; null when all are there.</summary>
    /// <param name="more">A folder to look in last.</param>
    public static string? Missing(string? more) =>
        BridgeFolder is null ? Bridge : Before.FirstOrDefault(name => FolderOf(name, more) is null);

    /// <summary>Loads the bridge as it is where that works, else a weakened copy of it (Linux).</summary>
    /// <param name="more">A folder to look for libtorch in last.</param>
    /// <returns>The folder libtorch came from, and whether the copy was needed.</returns>
    /// <exception cref="DllNotFoundException">Neither loads; the message is the system's.</exception>
    public static (string Folder, bool IsPatched) Load(string? more)
    {
        var bridge = Path.Combine(BridgeFolder!, Bridge);
        var folder = FolderOf(Before[0], more)!;
        if (NativeLibrary.TryLoad(bridge, out _))
        {
            return (folder, false);
        }

        foreach (var name in Before)
        {
            NativeLibrary.Load(Path.Combine(FolderOf(name, more)!, name));
        }

        if (NativeLibrary.TryLoad(bridge, out _))
        {
            return (folder, false); // libtorch lies in another folder than the bridge
        }

        LoadWeakened(bridge);
        return (folder, true);
    }

    private static string? FolderOf(string name, string? more) =>
        (more is null ? Folders : Folders.Append(more)).FirstOrDefault(f => File.Exists(Path.Combine(f, name)));

    private static string Of(string name) =>
        OperatingSystem.IsWindows() ? name + ".dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";

    /// <summary>
    /// The copy is a file in memory, so that it needs no writable and executable folder and leaves nothing behind: the mapping
    /// outlasts the descriptor.
    /// </summary>
    private static void LoadWeakened(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            NativeLibrary.Load(path); // for its message
            return;
        }

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
