using System.Runtime.CompilerServices;
using Marl.Actors.Core.Traces;
using Marl.Actors.Testing.Snapshots;

namespace Marl.Actors.Testing.Traces;

/// <summary>
/// Traces as approved documents: <c>await TraceSnapshots.Verify(trace)</c>. Structure and whole numbers must be equal, other
/// figures within a tolerance, exact digests where the approved trace was taken under this machine's numeric profile.
/// </summary>
public static class TraceSnapshots
{
    /// <summary>Compares a trace with the approved one, by the files of <see cref="Snapshots.Snapshots"/>.</summary>
    /// <param name="trace">What was recorded.</param>
    /// <param name="parameters">Parameters of a theory, which become part of the file's name.</param>
    /// <param name="tolerance">Part of a field's greatest magnitude by which its figures may differ.</param>
    /// <param name="method">The test's name; the compiler fills it in.</param>
    /// <param name="file">The test's source file, named after its class; the compiler fills it in.</param>
    /// <exception cref="SnapshotException">The traces differ, or nothing was approved yet; the message begins with the first difference on each edge.</exception>
    public static async Task Verify(
        Trace trace,
        (string Name, object Value)[]? parameters = null,
        double tolerance = TraceComparison.Tolerance,
        [CallerMemberName] string method = "",
        [CallerFilePath] string file = "")
    {
        var name = SnapshotName.Of(Path.GetFileNameWithoutExtension(file), method, parameters ?? []);
        var folder = SourceFolder.Of(file);
        var verified = Path.Combine(folder, name + SnapshotFile.Verified);
        var differences = "";
        if (File.Exists(verified) && TraceReader.Read(File.ReadAllText(verified), verified) is { IsSuccess: true } approved)
        {
            var found = TraceComparison.Differences(approved.Value, trace, tolerance);
            if (found.Count == 0 && approved.Value.IsFull == trace.IsFull)
            {
                File.Delete(Path.Combine(folder, name + SnapshotFile.Received));
                return;
            }

            differences = $"The first difference on each edge (- approved, + received):\n{string.Join('\n', found)}\n\n";
        }

        try
        {
            await Snapshots.Snapshots.Verify(TraceText.Write(trace), parameters, method, file);
        }
        catch (SnapshotException mismatch)
        {
            throw new SnapshotException(differences + mismatch.Message);
        }
    }
}
