using Marl.Actors.Testing.Snapshots;

namespace Marl.Actors.Tests;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    /// <summary>Its root folder.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Snapshots.Folder(), "..", ".."));

    /// <summary>The pipeline files it ships.</summary>
    public static IEnumerable<string> Pipelines => Directory
        .GetFiles(Path.Combine(Root, "pipelines"), "*.yaml")
        .Where(path => Path.GetFileName(path) != "bars.yaml")
        .Order(StringComparer.Ordinal);

    public static string Pipeline(string name) => Path.Combine(Root, "pipelines", name + ".yaml");
}
