using System.Runtime.CompilerServices;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Testing.Snapshots;

/// <summary>
/// Snapshots as documents, in Verify's file convention: <c>Class.Method.verified.txt</c> beside the test's source file holds
/// what was approved; a mismatch leaves <c>Class.Method.received.txt</c> beside it and fails with both texts. To approve, look
/// at the difference and rename the received file. Both engines read and write the same files; <c>-p:SnapshotEngine=Verify</c>
/// compiles the other one.
/// </summary>
public static class Snapshots
{
    /// <summary>Compares a text with the approved one.</summary>
    /// <param name="received">What the code under test produced. Line ends don't matter.</param>
    /// <param name="parameters">Parameters of a theory, which become part of the file's name: <c>Class.Method_n=1.verified.txt</c>.</param>
    /// <param name="method">The test's name; the compiler fills it in.</param>
    /// <param name="file">The test's source file, named after its class; the compiler fills it in.</param>
    /// <exception cref="SnapshotException">The texts differ, or nothing was approved yet.</exception>
    public static Task Verify(
        string received,
        (string Name, object Value)[]? parameters = null,
        [CallerMemberName] string method = "",
        [CallerFilePath] string file = "")
    {
        var name = SnapshotName.Of(Path.GetFileNameWithoutExtension(file), method, parameters ?? []);
#if VERIFY
        // Compiled where Verify can be restored; the file convention is the same, so is every test.
        var settings = new VerifyTests.VerifySettings();
        settings.DisableScrubbers();
        settings.UseFileName(name);
        return VerifyXunit.Verifier.Verify(received, settings, file).ToTask();
#else
        SnapshotFile.Check(received, SourceFolder.Of(file), name);
        return Task.CompletedTask;
#endif
    }

    /// <summary>The folder of the source file that calls; for <see cref="Orphans"/> and for documents beside tests.</summary>
    public static string Folder([CallerFilePath] string file = "") => SourceFolder.Of(file);

    /// <summary>
    /// Fails if a snapshot below the folder of the calling source file belongs to no test: <c>Class.Method.verified.txt</c>
    /// needs a <c>Class.cs</c> beside it that declares <c>Method</c>. One test of a project calls it.
    /// </summary>
    /// <param name="documents">Names, without <c>.verified.txt</c>, of snapshots that are named after something else than a test.</param>
    /// <param name="file">The test's source file; the compiler fills it in.</param>
    /// <exception cref="SnapshotException">There are such files; the message names them and says what to do.</exception>
    public static void VerifyNoOrphans(Values<string> documents = default, [CallerFilePath] string file = "") =>
        SnapshotOrphans.ThrowIfAny(SourceFolder.Of(file), documents);

    /// <summary>
    /// Approved files nobody reads any more, and received files somebody left behind: both are findings, so that what is
    /// committed is what is tested.
    /// </summary>
    /// <param name="folder">Where the tests' sources lie; folders below are looked at too.</param>
    /// <param name="expectedNames">Names in use, without <c>.verified.txt</c>.</param>
    /// <returns>Paths relative to <paramref name="folder"/>, sorted.</returns>
    public static IReadOnlyList<string> Orphans(string folder, IEnumerable<string> expectedNames)
    {
        var expected = expectedNames.Select(name => name + SnapshotFile.Verified).ToHashSet(StringComparer.Ordinal);
        var found = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"));
        return [.. found
            .Where(path => path.EndsWith(SnapshotFile.Received, StringComparison.Ordinal)
                || (path.EndsWith(SnapshotFile.Verified, StringComparison.Ordinal) && !expected.Contains(Path.GetFileName(path))))
            .Order(StringComparer.Ordinal)];
    }
}
