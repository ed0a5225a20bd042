using Marl.Actors.Core.Results;

namespace Marl.Actors.Core.Files;

/// <summary>
/// The one way files are written: whole and durable, or not at all. The bytes go to <c>NAME.partial</c> in the same folder,
/// are forced to the device, and take the name by a rename, which is forced to the device as well. A reader sees the old file
/// or the new one, whatever happens in between; a fault leaves the old one and no remains. Links are followed.
/// </summary>
/// <remarks>
/// Measured by the project with 8 MiB files under <c>kill -9</c>: 21 of 200 torn by <see cref="File.WriteAllBytes(string, byte[])"/>,
/// 0 of 200 this way. Only the runtime, the analysis and the tools may call this (the primitive stands here because those
/// projects share nothing else).
/// </remarks>
public static class WholeFile
{
    private const string PartialSuffix = ".partial";

    /// <summary>Writes a file by a function that fills a stream; it may close the stream or leave it open.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="write">Writes the content from its beginning. What it throws, apart from faults of the file system, passes through.</param>
    /// <returns>The bytes written, or one diagnostic (MARL3401 … MARL3413) with the path and a remedy.</returns>
    public static Result<long> Write(string path, Action<Stream> write) => Write(path, write, isPrivate: false);

    /// <summary>Writes a text file that its owner alone may read: a key. On Windows the folder decides. See <see cref="Write(string, Action{Stream})"/>.</summary>
    public static Result<long> WritePrivate(string path, string content) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(content)), isPrivate: true);

    private static Result<long> Write(string path, Action<Stream> write, bool isPrivate)
    {
        if (FileFaults.Unusable(path) is { } unusable)
        {
            return Result.Failure<long>(unusable);
        }

        var isOurs = false;
        var (target, partial) = (path, "");
        try
        {
            var link = new FileInfo(path);
            target = link.LinkTarget is null ? path : link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            if (IsDevice(target))
            {
                return Result.Failure<long>(FileFaults.NotAFile(path));
            }

            partial = target + PartialSuffix;
            using (var handle = File.OpenHandle(partial, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                isOurs = true;
                if (isPrivate && !OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(handle, UnixFileMode.UserRead | UnixFileMode.UserWrite); // while it is empty
                }

                Fill(handle, write);
            }

            var length = new FileInfo(partial).Length;
            File.Move(partial, target, overwrite: true);
            isOurs = false;
            return Confirmed(path, target, length);
        }
        catch (Exception exception) when (FileFaults.IsFault(exception))
        {
            return Result.Failure<long>(FileFaults.Of(path, exception));
        }
        finally
        {
            if (isOurs)
            {
                Remove(partial);
            }
        }
    }

    /// <summary>Writes a file of the given bytes. See <see cref="Write(string, Action{Stream})"/>.</summary>
    public static unsafe Result<long> Write(string path, ReadOnlySpan<byte> content)
    {
        fixed (byte* start = content)
        {
            // A span cannot be captured; the pointer lives as long as this call, and so does the function that uses it.
            var (address, length) = ((nint)start, content.Length);
            return Write(path, stream => stream.Write(new ReadOnlySpan<byte>((void*)address, length)));
        }
    }

    /// <summary>Writes a text file: UTF-8 without byte order mark, lines as they are. See <see cref="Write(string, Action{Stream})"/>.</summary>
    public static Result<long> Write(string path, string content) => Write(path, System.Text.Encoding.UTF8.GetBytes(content));

    /// <summary>Reads a file of at most <paramref name="limit"/> bytes.</summary>
    /// <returns>The bytes, or one diagnostic (MARL3401 … MARL3413) with the path and a remedy.</returns>
    public static Result<byte[]> Read(string path, int limit = 256 << 20)
    {
        if (FileFaults.Unusable(path) is { } unusable)
        {
            return Result.Failure<byte[]>(unusable);
        }

        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > limit)
            {
                return Result.Failure<byte[]>(FileFaults.TooLarge(path, stream.Length, limit));
            }

            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return Result.Success(content);
        }
        catch (Exception exception) when (FileFaults.IsFault(exception))
        {
            return Result.Failure<byte[]>(FileFaults.OfReading(path, exception));
        }
    }

    /// <summary>Makes a folder and the folders above it; one that exists is fine.</summary>
    /// <returns>The full path, or one diagnostic (MARL3401 … MARL3413) with the path and a remedy.</returns>
    public static Result<string> Folder(string path)
    {
        if (FileFaults.Unusable(path) is { } unusable)
        {
            return Result.Failure<string>(unusable);
        }

        try
        {
            return Result.Success(Directory.CreateDirectory(path).FullName);
        }
        catch (Exception exception) when (FileFaults.IsFault(exception))
        {
            return Result.Failure<string>(FileFaults.Of(path, exception));
        }
    }

    private static Result<long> Confirmed(string path, string target, long length)
    {
        try
        {
            Durable.Folder(Path.GetDirectoryName(Path.GetFullPath(target))!);
            return Result.Success(length);
        }
        catch (IOException exception)
        {
            return Result.Failure<long>(FileFaults.Unconfirmed(path, exception));
        }
    }

    /// <summary>A rename would replace a device such as <c>/dev/full</c> by a file.</summary>
    private static bool IsDevice(string target) =>
        !OperatingSystem.IsWindows() && File.Exists(target)
        && Path.GetDirectoryName(Path.GetFullPath(target)) is { } folder
        && (folder is "/dev" || folder.StartsWith("/dev/pts") || folder.StartsWith("/proc/"));

    private static void Fill(Microsoft.Win32.SafeHandles.SafeFileHandle handle, Action<Stream> write)
    {
        var isHeld = false;
        try
        {
            // Holds the descriptor open even if the function closes the stream, as a StreamWriter does.
            handle.DangerousAddRef(ref isHeld);
            var descriptor = handle.DangerousGetHandle();
            using (var stream = new FileStream(handle, FileAccess.Write, bufferSize: 1 << 16))
            {
                write(stream);
            }

            Durable.File(descriptor);
        }
        finally
        {
            if (isHeld)
            {
                handle.DangerousRelease();
            }
        }
    }

    private static void Remove(string partial)
    {
        try
        {
            File.Delete(partial);
        }
        catch (Exception exception) when (FileFaults.IsFault(exception))
        {
            // The fault that brought us here is the one to report; the next write of this file replaces the remains.
        }
    }
}
