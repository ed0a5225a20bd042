using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Build.Components;

/// <summary>What an assembly's metadata says, without loading it.</summary>
/// <param name="CoreVersion">The version of Marl.Actors.Core it was compiled against; null when it does not stand on it.</param>
internal sealed record AssemblyFacts(Version? CoreVersion)
{
    private static readonly Version Carried = typeof(Component).Assembly.GetName().Version!;

    /// <summary>It may declare components.</summary>
    public bool StandsOnCore => CoreVersion is not null;

    /// <summary>Reads a file; one that is no assembly stands on nothing.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AssemblyFacts Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata)
        {
            return new(CoreVersion: null);
        }

        var metadata = file.GetMetadataReader();
        var core = typeof(Component).Assembly.GetName().Name;
        return new(metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
            .Where(r => metadata.GetString(r.Name) == core).Select(r => r.Version).FirstOrDefault());
    }

    /// <summary>A sentence when the assembly was compiled against another version than this checker's; null when they go together.</summary>
    public string? Misfit() => CoreVersion is { } version && version != Carried
        ? $"This project stands on Marl.Actors {version.ToString(3)}, but its build package is of version {Carried.ToString(3)}."
        : null;
}
