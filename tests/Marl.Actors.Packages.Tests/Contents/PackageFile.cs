using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Marl.Actors.Packages.Tests.Contents;

/// <summary>What lies in a package.</summary>
/// <param name="Entries">Its files, by path.</param>
/// <param name="Manifest">Its manifest's <c>metadata</c>; null in a package of symbols.</param>
internal sealed record PackageFile(IReadOnlyDictionary<string, byte[]> Entries, XElement Manifest)
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
        var entries = archive.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var stream = e.Open();
            var bytes = new byte[e.Length];
            stream.ReadExactly(bytes);
            return bytes;
        });
        var manifest = entries.Single(e => e.Key.EndsWith(".nuspec", StringComparison.Ordinal)).Value;
        return new(entries, XDocument.Load(new MemoryStream(manifest)).Root!.Elements().Single(e => e.Name.LocalName == "metadata"));
    }

    /// <summary>The files that hold a text, in one of the encodings in which assemblies and symbols hold text.</summary>
    public IEnumerable<string> Holding(string text)
    {
        byte[][] patterns = [Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text)];
        return Entries.Where(e => patterns.Any(p => e.Value.AsSpan().IndexOf(p) >= 0)).Select(e => e.Key);
    }
}
