using System.Text.RegularExpressions;
using Xunit;

namespace Marl.Actors.FloorPlan.Tests;

/// <summary>An algorithm, a world, an operator: one file and one line.</summary>
public sealed class CatalogTests
{
    private static IReadOnlyList<string> Lists { get; } = [.. Repository.Sources("src").Where(f =>
        Path.GetFileName(f).StartsWith("BuiltIn", StringComparison.Ordinal) && !f.StartsWith("src/Marl.Actors/", StringComparison.Ordinal))];

    private static IReadOnlyList<(string File, string Line)> Entries { get; } = [.. Lists.SelectMany(file => EntriesOf(file).Select(line => (file, line)))];

    [Fact]
    public void There_are_lists_of_what_is_built_in() => Assert.True(Lists.Count >= 4 && Entries.Count >= 12, string.Join(", ", Lists));

    [Fact]
    public void Every_entry_is_one_line() =>
        Findings.None(Entries.Where(e => !e.Line.EndsWith(',')).Select(e => $"{e.File}: {e.Line}"));

    [Fact]
    public void No_entry_stands_twice() =>
        Findings.None(Entries.GroupBy(e => e.Line).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void Every_component_and_operator_has_its_line()
    {
        var declaration = new Regex(@"public static (?:Operator)?Component (\w+) (?:\{ get; \}|=>)");
        var missing = Repository.Sources("src").SelectMany(file => declaration.Matches(Repository.Text(file))
            .Select(m => $"{Path.GetFileNameWithoutExtension(file)}.{m.Groups[1].Value}")
            .Where(name => Entries.Count(e => e.Line == name + ",") != 1)
            .Select(name => $"{file}: {name} is not on exactly one line"));

        Findings.None(missing);
    }

    [Fact]
    public void Every_world_has_its_line()
    {
        var world = new Regex(@"\bsealed (?:partial )?class (\w+)[^{;]*: [^{;]*\b\w*World\b");
        var worlds = Repository.Sources("src/Marl.Actors.Environments")
            .SelectMany(file => world.Matches(Repository.Text(file)).Select(m => m.Groups[1].Value)).ToArray();

        Assert.True(worlds.Length >= 5, string.Join(", ", worlds));
        Findings.None(worlds.Where(name => !Entries.Any(e => Regex.IsMatch(e.Line, $@"\bnew {name}\("))));
    }

    /// <summary>The lines between the brackets of a list.</summary>
    private static IEnumerable<string> EntriesOf(string file) => Repository.Text(file).Split('\n').Select(line => line.TrimEnd())
        .SkipWhile(line => line != "    [").Skip(1).TakeWhile(line => line != "    ];")
        .Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal));
}
