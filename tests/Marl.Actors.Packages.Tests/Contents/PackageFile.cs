using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Marl.Actors.Packages.Tests.Contents;

/// <summary>What lies in a package.</summary>
/// <param name="Path">The package.</param>
/// <param name="Names">The paths of its files.</param>
/// <param name="Manifest">Its manifest's <c>metadata</c>.</param>
internal sealed record PackageFile(string Path, IReadOnlyList<string> Names, XElement Manifest)
{
    /// <summary>Packages it asks for, with the lowest version.</summary>
    public IReadOnlyDictionary<string, string> Dependencies => Manifest.Descendants()
        .Where(e => e.Name.LocalName == "dependency")
        .ToDictionary(e => (string)e.Attribute("id")!, e => (string)e.Attribute("version")!);

    /// <summary>A field of the manifest; "" when it has none.</summary>
    public string this[string field] => Manifest.Elements().FirstOrDefault(e => e.Name.LocalName == field)?.Value ?? "";

    /// <summary>Reads one.</summary>
    public static PackageFile Read(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        using var manifest = archive.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return new(path, [.. archive.Entries.Select(e => e.FullName)], XDocument.Load(manifest).Root!.Elements().Single(e => e.Name.LocalName == "metadata"));
    }

    /// <summary>The content of one of its files.</summary>
    public byte[] Content(string name)
    {
        using var archive = ZipFile.OpenRead(Path);
        var entry = archive.GetEntry(name)!;
        using var stream = entry.Open();
        var bytes = new byte[entry.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Those of its files that are made here and hold a text, in one of the encodings in which assemblies and symbols hold text.</summary>
    public IEnumerable<string> Holding(string text)
    {
        byte[][] patterns = [Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text)];
        return Names
            .Where(name => !name.Contains("/runtimes/", StringComparison.Ordinal))
            .Where(name => Content(name) is var bytes && patterns.Any(p => bytes.AsSpan().IndexOf(p) >= 0));
    }
}
