using System.Text.RegularExpressions;

namespace Marl.Actors.Tests.Runs;

/// <summary>Shipped pipelines with the world divided into shards.</summary>
internal static partial class Sharded
{
    /// <summary>The text of a pipeline whose world has so many shards.</summary>
    public static string Text(string pipeline, int shards)
    {
        var text = File.ReadAllText(Repository.Pipeline(pipeline));
        var divided = Copies().Replace(text, $"$0\n    shards: {shards}", 1);
        return divided.Replace("state: world.state", "state: world.state |> by-step", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"copies: \d+")]
    private static partial Regex Copies();
}
