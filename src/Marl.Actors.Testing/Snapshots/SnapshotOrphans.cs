using System.Text.RegularExpressions;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Testing.Snapshots;

/// <summary>Finds snapshots whose test is gone.</summary>
internal static class SnapshotOrphans
{
    /// <summary>Throws with an instruction if there are any below a folder.</summary>
    public static void ThrowIfAny(string folder, Values<string> documents)
    {
        var orphans = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(folder, path).Split('/', '\\').Any(part => part is "bin" or "obj"))
            .Select(path => (Path: path, Name: Name(System.IO.Path.GetFileName(path))))
            .Where(snapshot => snapshot.Name is { } name && !documents.Contains(name))
            .Select(snapshot => (snapshot.Path, Reason: Reason(System.IO.Path.GetDirectoryName(snapshot.Path)!, snapshot.Name!)))
            .Where(snapshot => snapshot.Reason is not null)
            .OrderBy(snapshot => snapshot.Path, StringComparer.Ordinal)
            .ToArray();
        if (orphans.Length > 0)
        {
            throw new SnapshotException(
                "Snapshots without a test: delete them, or give them the name their test has now.\n\n"
                + string.Concat(orphans.Select(o => $"  {Path.GetRelativePath(folder, o.Path).Replace('\\', '/')}: {o.Reason}\n"))
                + $"\nDirectory: {folder}\n");
        }
    }

    private static string? Name(string file) => new[] { SnapshotFile.Verified, SnapshotFile.Received }
        .Where(end => file.EndsWith(end, StringComparison.Ordinal)).Select(end => file[..^end.Length]).FirstOrDefault();

    /// <summary>Why a snapshot has no test; null when it has one.</summary>
    private static string? Reason(string folder, string name)
    {
        var (type, method) = name.Split('.', 2) is [var first, var rest] ? (first, rest) : (name, "");
        var source = Path.Combine(folder, type + ".cs");
        if (!File.Exists(source))
        {
            return $"there is no {type}.cs beside it";
        }

        var text = File.ReadAllText(source);
        return Methods(method).Any(m => Regex.IsMatch(text, $@"\b{Regex.Escape(m)}\s*\(")) ? null : $"{type}.cs has no test '{method}'";
    }

    /// <summary>The methods a name may stand for: with parameters behind it, <c>Some_test_n=1</c> belongs to <c>Some_test</c>.</summary>
    private static IEnumerable<string> Methods(string name) => Enumerable.Range(0, name.Length)
        .Where(i => name[i] == '_' && name.IndexOf('=', i) > i)
        .Select(i => name[..i])
        .Append(name)
        .Where(m => m.Length > 0);
}
