namespace Marl.Actors.Pipelines.Parts;

/// <summary>Paths of parts: relative to the file that names them, with forward slashes.</summary>
internal static class PartPath
{
    /// <summary>Whether a <c>uses:</c> names a file and not a component of the catalog.</summary>
    public static bool IsPath(string uses) =>
        uses.StartsWith("./", StringComparison.Ordinal) || uses.StartsWith("../", StringComparison.Ordinal)
        || uses.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || uses.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of the file, as short as it can be said from where <paramref name="usingFile"/> is named from.</summary>
    public static string Of(string usingFile, string uses)
    {
        var folder = Path.GetDirectoryName(usingFile) ?? "";
        var root = Path.GetPathRoot(folder) ?? "";
        var path = new List<string>();
        foreach (var step in folder[root.Length..].Split('/', Path.DirectorySeparatorChar).Concat(uses.Split('/')).Where(s => s is not ("" or ".")))
        {
            if (step == ".." && path is [.., not ".."])
            {
                path.RemoveAt(path.Count - 1);
            }
            else if (step != ".." || root.Length == 0)
            {
                path.Add(step);
            }
        }

        return root + (path.Count > 0 ? Path.Combine([.. path]) : ".");
    }
}
