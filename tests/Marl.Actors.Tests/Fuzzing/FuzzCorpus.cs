using System.Text;
using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Tests.Fuzzing;

/// <summary>The files that are damaged, and what they are damaged with. Case n of a seed is always the same bytes.</summary>
internal sealed class FuzzCorpus
{
    private readonly byte[][] files;
    private readonly byte[][] donors;

    /// <summary>A corpus of good files, which are damaged, and of others, whose pieces are put in too.</summary>
    public FuzzCorpus(IEnumerable<string> good, IEnumerable<string> others)
    {
        files = [.. good.Select(File.ReadAllBytes)];
        donors = [.. files, .. others.Select(File.ReadAllBytes)];
        Words = [.. donors.SelectMany(d => Tokens.Of(d).Select(t => Encoding.UTF8.GetString(d[t]))).Distinct().Order(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The committed files: all pipelines, and every other YAML file of the repository as a source of pieces.</summary>
    public static FuzzCorpus Committed { get; } = new(Yaml("pipelines"), Yaml("tests"));

    /// <summary>Every word of the files.</summary>
    public byte[][] Words { get; }

    /// <summary>The bytes of a case.</summary>
    public byte[] Case(long seed, int index)
    {
        var random = RandomKey.FromSeed(seed).Derive((ulong)index).Stream();
        var bytes = files[random.NextInt(files.Length)];
        for (var changes = 1 + random.NextInt(random.NextInt(4) == 0 ? 12 : 3); changes > 0; changes--)
        {
            bytes = Mutations.All[random.NextInt(Mutations.All.Length)](bytes, ref random, this);
        }

        return bytes;
    }

    /// <summary>Some file.</summary>
    public byte[] Donor(ref RandomStream random) => donors[random.NextInt(donors.Length)];

    private static IEnumerable<string> Yaml(string folder) => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, folder), "*.yaml", SearchOption.AllDirectories)
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(step => step is "bin" or "obj"))
        .Where(path => new FileInfo(path).Length < 20_000)
        .Order(StringComparer.Ordinal);
}
