using System.Xml.Linq;

namespace Marl.Actors.FloorPlan.Tests;

/// <summary>What a project file says.</summary>
/// <param name="Path">Relative to the root.</param>
/// <param name="References">Names of the projects it references.</param>
/// <param name="Packages">Names of the packages it references.</param>
/// <param name="PinsVersions">It states a package version of its own.</param>
internal sealed record ProjectFile(string Path, IReadOnlyList<string> References, IReadOnlyList<string> Packages, bool PinsVersions)
{
    /// <summary>The project's name.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public static ProjectFile Read(string path)
    {
        var document = XDocument.Parse(Repository.Text(path));
        return new(
            path,
            [.. Includes("ProjectReference").Select(r => System.IO.Path.GetFileNameWithoutExtension(r.Replace('\\', '/')))],
            [.. Includes("PackageReference")],
            document.Descendants("PackageReference").Any(p => p.Attribute("Version") is not null || p.Attribute("VersionOverride") is not null));

        IEnumerable<string> Includes(string element) => document.Descendants(element).Select(e => (string)e.Attribute("Include")!);
    }
}
