using System.Reflection;
using System.Runtime.Loader;

namespace Marl.Actors.Build.Components;

/// <summary>
/// Where the project's assembly and those it stands on are loaded. What the checker carries itself is shared, so that a
/// component of the project is a <see cref="Core.Stages.Component"/> here too. Native libraries are never loaded.
/// </summary>
internal sealed class ProjectContext : AssemblyLoadContext
{
    private readonly Dictionary<string, string> paths = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A context that finds assemblies by name among the given files; the first of a name counts.</summary>
    public ProjectContext(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            paths.TryAdd(Path.GetFileNameWithoutExtension(file), file);
        }
    }

    /// <summary>Whether the checker carries an assembly of Marl.Actors of that name.</summary>
    public static bool IsCarried(string name) => IsOurs(name) && File.Exists(Path.Combine(AppContext.BaseDirectory, name + ".dll"));

    /// <summary>Whether an assembly is one of Marl.Actors: that name, and what begins with it, are taken.</summary>
    public static bool IsOurs(string name) => name == "Marl.Actors" || name.StartsWith("Marl.Actors.", StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName name) =>
        !IsCarried(name.Name!) && paths.TryGetValue(name.Name!, out var path) ? LoadFromAssemblyPath(path) : null;

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string name) =>
        throw new DllNotFoundException($"the native library '{name}' is not loaded in a build");
}
