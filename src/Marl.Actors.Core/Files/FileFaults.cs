using System.Security;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Core.Files;

/// <summary>Says in one sentence what the file system refused, and what to do about it. No exception text reaches the user.</summary>
public static class FileFaults
{
    private const string NoFolder = "MARL3401";
    private const string NoPermission = "MARL3402";
    private const string ReadOnly = "MARL3403";
    private const string Full = "MARL3404";
    private const string InTheWay = "MARL3405";
    private const string BadName = "MARL3406";
    private const string InUse = "MARL3407";
    private const string Device = "MARL3408";
    private const string Refused = "MARL3409";
    private const string Missing = "MARL3410";
    private const string Large = "MARL3411";
    private const string NotConfirmed = "MARL3412";
    private const string Special = "MARL3413";

    /// <summary>True for what the file system says no with; anything else is a bug and passes through.</summary>
    public static bool IsFault(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or SecurityException or NotSupportedException;

    /// <summary>True when another process holds the file.</summary>
    public static bool IsInUse(Exception fault) => fault is IOException && Kind(ErrorNumber(fault)) == InUse;

    /// <summary>A fault of writing or making <paramref name="path"/>.</summary>
    public static Diagnostic Of(string path, Exception fault)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        var (code, sentence, remedy) = fault switch
        {
            _ when Directory.Exists(path) && !IsFullOrBroken(fault) =>
                (InTheWay, $"Cannot write '{path}': a folder of that name is in the way.", "Move the folder or choose another name."),
            DirectoryNotFoundException or FileNotFoundException when !Directory.Exists(folder) =>
                (NoFolder, $"Cannot write '{path}': the folder '{folder}' does not exist.", "Make the folder or choose another place."),
            PathTooLongException =>
                (BadName, $"Cannot write '{path}': the name is too long for this file system.", "Choose a shorter name."),
            UnauthorizedAccessException or SecurityException =>
                (NoPermission, $"Cannot write '{path}': no permission to write in '{folder}'.", "Choose a folder of your own or change its permissions."),
            _ => ByErrorNumber(path, folder, ErrorNumber(fault)),
        };
        return new(code, SourceSpan.Whole(path), sentence, remedy);
    }

    /// <summary>A fault of reading <paramref name="path"/>.</summary>
    public static Diagnostic OfReading(string path, Exception fault)
    {
        var where = SourceSpan.Whole(path);
        return fault switch
        {
            _ when Directory.Exists(path) => new(InTheWay, where, $"Cannot read '{path}': it is a folder.", "Name a file."),
            FileNotFoundException or DirectoryNotFoundException =>
                new(Missing, where, $"Cannot read '{path}': there is no such file.", "Look for a typing mistake in the path."),
            UnauthorizedAccessException or SecurityException =>
                new(NoPermission, where, $"Cannot read '{path}': no permission.", "Change its permissions or read a copy of your own."),
            EndOfStreamException => new(InUse, where, $"Cannot read '{path}': it became shorter meanwhile.", "Wait until its writer is done."),
            _ => new(Device, where, $"Cannot read '{path}': the device refused (error {ErrorNumber(fault)}).", "Look at the system's log for a faulty disk."),
        };
    }

    /// <summary>What is wrong with a path that no file system could take; null when nothing is.</summary>
    internal static Diagnostic? Unusable(string path) =>
        string.IsNullOrWhiteSpace(path) || path.Contains('\0')
            ? new(BadName, SourceSpan.None, $"'{path.Replace('\0', '?')}' is not a path.", "Give the path of a file or folder.")
            : null;

    internal static Diagnostic TooLarge(string path, long length, int limit) => new(
        Large, SourceSpan.Whole(path), $"Cannot read '{path}': it has {length} bytes, and at most {limit} are read.", "Look whether it is the file you mean.");

    internal static Diagnostic NotAFile(string path) => new(
        Special, SourceSpan.Whole(path), $"Cannot write '{path}': it is a device, not a file.", "Choose the name of a file.");

    internal static Diagnostic Unconfirmed(string path, Exception fault) => new(
        NotConfirmed,
        SourceSpan.Whole(path),
        $"'{path}' is written, but the device did not confirm its name (error {ErrorNumber(fault)}); it may be lost when the power fails.",
        "Look at the system's log for a faulty disk.");

    private static (string Code, string Sentence, string Remedy) ByErrorNumber(string path, string folder, int number) => Kind(number) switch
    {
        Full => (Full, $"Cannot write '{path}': the disk is full.", $"Free space where '{folder}' lies, or choose another place."),
        ReadOnly => (ReadOnly, $"Cannot write '{path}': the file system is read-only.", "Choose a place that can be written."),
        InTheWay => (InTheWay, $"Cannot write '{path}': a file or folder is in the way.", "Move it or choose another name."),
        BadName => (BadName, $"Cannot write '{path}': the name is not valid for this file system.", "Choose another name."),
        InUse => (InUse, $"Cannot write '{path}': another process is using it.", "End that process or choose another name."),
        Device => (Device, $"Cannot write '{path}': the device failed (error {number}).", "Look at the system's log for a faulty disk."),
        _ => (Refused, $"Cannot write '{path}': the system refused{(number > 0 ? $" (error {number})" : "")}.", "Choose another place."),
    };

    private static bool IsFullOrBroken(Exception fault) => Kind(ErrorNumber(fault)) is Full or Device or ReadOnly;

    /// <summary>Windows packs its error number into the low half of a result code; Unix hands over <c>errno</c>.</summary>
    private static int ErrorNumber(Exception fault) => OperatingSystem.IsWindows() ? fault.HResult & 0xFFFF : fault.HResult;

    private static string Kind(int number) => OperatingSystem.IsWindows()
        ? number switch
        {
            39 or 112 => Full,             // ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL
            19 => ReadOnly,                // ERROR_WRITE_PROTECT
            80 or 183 => InTheWay,         // ERROR_FILE_EXISTS, ERROR_ALREADY_EXISTS
            123 or 161 => BadName,         // ERROR_INVALID_NAME, ERROR_BAD_PATHNAME
            32 or 33 => InUse,             // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
            23 or 1117 => Device,          // ERROR_CRC, ERROR_IO_DEVICE
            _ => Refused,
        }
        : number switch
        {
            27 or 28 or 122 => Full,       // EFBIG (a quota on file size), ENOSPC, EDQUOT (Linux)
            69 when OperatingSystem.IsMacOS() => Full, // EDQUOT (macOS)
            63 when OperatingSystem.IsMacOS() => BadName, // ENAMETOOLONG (macOS)
            35 when OperatingSystem.IsMacOS() => InUse, // EWOULDBLOCK (macOS)
            30 => ReadOnly,                // EROFS
            17 or 20 or 21 or 39 => InTheWay, // EEXIST, ENOTDIR, EISDIR, ENOTEMPTY
            36 or 22 => BadName,           // ENAMETOOLONG, EINVAL
            11 or 16 or 26 => InUse,       // EWOULDBLOCK, EBUSY, ETXTBSY
            5 or 6 or 19 => Device,        // EIO, ENXIO, ENODEV
            _ => Refused,
        };
}
