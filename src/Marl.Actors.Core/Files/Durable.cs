using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Marl.Actors.Core.Files;

/// <summary>
/// Forces written bytes to the device. <see cref="FileStream.Flush(bool)"/> is not enough on Unix: .NET 10 reports success when
/// <c>fsync</c> fails (measured with strace's fault injection: EIO and ENOSPC both pass unnoticed), so the system's function
/// is called here and its answer read.
/// </summary>
internal static partial class Durable
{
    private const int Interrupted = 4;       // EINTR, the same on Linux and macOS
    private const int NotSupported = 22;     // EINVAL: this file system has nothing to force for a folder

    /// <summary>Forces the content of an open file.</summary>
    /// <exception cref="IOException">The device did not take it; the result code is the system's error number.</exception>
    public static void File(nint handle)
    {
        if (OperatingSystem.IsWindows())
        {
            if (!FlushFileBuffers(handle))
            {
                throw Fault(Marshal.GetHRForLastWin32Error());
            }

            return;
        }

        Force((int)handle, isFolder: false);
    }

    /// <summary>Forces the names in a folder, so that a rename survives a power cut. Windows does so by itself.</summary>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(path, OperatingSystem.IsLinux() ? 0x80000 : 0x1000000); // O_RDONLY | O_CLOEXEC
        if (descriptor < 0)
        {
            throw Fault(Marshal.GetLastPInvokeError());
        }

        try
        {
            Force(descriptor, isFolder: true);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static void Force(int descriptor, bool isFolder)
    {
        while (Synchronise(descriptor) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (isFolder && error == NotSupported)
            {
                return;
            }

            // Only an interrupted call may be repeated: after any other error the kernel has dropped the pages.
            if (error != Interrupted)
            {
                throw Fault(error);
            }
        }
    }

    private static IOException Fault(int code) => new(new Win32Exception(code).Message, code);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronise(int descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool FlushFileBuffers(nint handle);
}
