using System.Runtime.InteropServices;

namespace Marl.Actors.Learning.Native;

/// <summary>The few calls of the C library that .NET has no name for. Linux only.</summary>
internal static partial class LibC
{
    /// <summary>Sets a variable of the native environment, which <see cref="Environment.SetEnvironmentVariable(string, string)"/> does not reach on Unix.</summary>
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetEnvironmentVariable(string name, string value, int overwrite);

    /// <summary>Opens a file that lives in memory only; -1 when the system has none to give.</summary>
    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int CreateMemoryFile(string name, uint flags);
}
