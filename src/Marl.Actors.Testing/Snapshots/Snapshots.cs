using System.Runtime.CompilerServices;

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
