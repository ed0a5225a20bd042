using Marl.Actors.Core.Results;

namespace Marl.Actors.Build.Requests;

/// <summary>A pass over a project's pipeline files.</summary>
internal enum BuildPass
{
    /// <summary>Before compilation: text, model, and all of the graph that needs no component of the project.</summary>
    Text,

    /// <summary>After compilation: the rest, with the components of the project.</summary>
    Components,
}

/// <summary>A file of the item list <c>MarlPipeline</c>.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Name">Its name among the compiled pipelines, without extension: <c>pipelines/mappo-spread</c>.</param>
internal sealed record PipelineItem(string Path, string Name);

/// <summary>What the targets ask for.</summary>
internal sealed record BuildRequest
{
    /// <summary>Which pass.</summary>
    public BuildPass Pass { get; init; }

    /// <summary>The project file, for findings that have no place of their own.</summary>
    public string Project { get; init; } = "";

    /// <summary>The files to check.</summary>
    public Values<PipelineItem> Pipelines { get; init; } = [];

    /// <summary>Where compiled pipelines and graphs go.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The C# file to write; "" for none.</summary>
    public string Code { get; init; } = "";

    /// <summary>Its namespace; "" for none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Whether other assemblies may use what stands in it.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Where the names of all files go that were read, for the next build to look at.</summary>
    public string Reads { get; init; } = "";

    /// <summary>The project's assembly.</summary>
    public string Assembly { get; init; } = "";

    /// <summary>The assemblies it stands on.</summary>
    public Values<string> References { get; init; } = [];

    /// <summary>Where the catalog of the project's own components goes.</summary>
    public string Catalog { get; init; } = "";

    /// <summary>Where the schema for editors goes.</summary>
    public Values<string> Schemas { get; init; } = [];

    /// <summary>The pass over components follows this one.</summary>
    public bool ComponentsFollow { get; init; }

    /// <summary>Warnings stop the build too.</summary>
    public bool WarningsAreErrors { get; init; }

    /// <summary>A file's name as seen from the project, with forward slashes: the same on every machine.</summary>
    public string Relative(string path) =>
        System.IO.Path.GetRelativePath(System.IO.Path.GetDirectoryName(Project)!, path).Replace('\\', '/');
}
