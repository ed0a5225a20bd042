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

    /// <summary>Those whose result timing has no part in: all but the ones that learn asynchronously, by design.</summary>
    public static IEnumerable<string> DeterminatePipelines => Pipelines.Where(path => !Asynchronous.Contains(Path.GetFileNameWithoutExtension(path)));

    private static IReadOnlySet<string> Asynchronous { get; } = new HashSet<string> { "a3c-cartpole", "impala-cartpole" };

    public static string Pipeline(string name) => Path.Combine(Root, "pipelines", name + ".yaml");
}
