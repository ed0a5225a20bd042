using System.Text.RegularExpressions;
using Xunit;

namespace Marl.Actors.FloorPlan.Tests;

public sealed class NamingTests
{
    // Put together from parts, so that this file does not hold what it looks for.
    private static readonly string[] MachinePaths = ["/" + "work/", "/" + "root/", "/" + "home/", "C:" + "\\\\Users"];
    private static readonly string[] RegistryHosts = ["nuget" + ".org", "npmjs" + ".", "pypi" + ".org", "debian" + ".org", "crates" + ".io"];

    [Fact]
    public void The_top_level_holds_only_what_it_may()
    {
        var found = Repository.Files.Select(f => f.Split('/')[0]).Distinct();

        Findings.None(found.Where(name => !Plan.TopLevel.Contains(name)));
    }

    [Fact]
    public void No_file_or_folder_has_a_name_that_says_nothing()
    {
        var bad = new Regex("(utils?|utilities|helpers?|common|misc|stuff|manager)$", RegexOptions.IgnoreCase);
        var found = Repository.Sources("src", "tools", "tests").Where(f => f.Split('/').Any(part => bad.IsMatch(Path.GetFileNameWithoutExtension(part))));

        Findings.None(found);
    }

    [Fact]
    public void No_source_file_is_longer_than_the_house_allows()
    {
        var found = Repository.Sources("src", "tools", "tests")
            .Select(f => (File: f, Lines: Repository.Text(f).TrimEnd('\n').Split('\n').Length))
            .Where(f => f.Lines > Plan.LongestFile)
            .Select(f => $"{f.File}: {f.Lines} lines, at most {Plan.LongestFile}");

        Findings.None(found);
    }

    [Fact]
    public void No_file_names_a_machine_or_a_registry() => Findings.None(Repository.Files
        .Where(IsText)
        .SelectMany(f => Repository.Lines(f)
            .Where(line => MachinePaths.Concat(RegistryHosts).Any(word => line.Text.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Select(line => $"{f}({line.Number}): {line.Text.Trim()}")));

    [Fact]
    public void No_test_leaves_a_received_snapshot_behind() =>
        Findings.None(Repository.Files.Where(f => f.Contains(".received.", StringComparison.Ordinal)));

    [Fact]
    public void Namespaces_follow_folders()
    {
        var found = new List<string>();
        foreach (var file in Repository.Sources("src", "tools", "tests"))
        {
            var parts = file.Split('/');
            var expected = string.Join('.', parts[1..^1]);
            if (Regex.Match(Repository.Text(file), @"^namespace ([\w.]+)", RegexOptions.Multiline) is { Success: true } match
                && match.Groups[1].Value != expected)
            {
                found.Add($"{file}: {match.Groups[1].Value} instead of {expected}");
            }
        }

        Findings.None(found);
    }

    [Fact]
    public void Nothing_is_left_to_be_done_later()
    {
        var later = new Regex(@"\b(" + "TO" + "DO|FIX" + "ME|HA" + "CK|Not" + @"ImplementedException)\b");
        var found = Repository.Sources("src", "tools", "tests")
            .SelectMany(f => Repository.Lines(f).Where(line => later.IsMatch(line.Text)).Select(line => $"{f}({line.Number}): {line.Text.Trim()}"));

        Findings.None(found);
    }

    private static bool IsText(string file) =>
        Path.GetExtension(file) is not (".png" or ".otf" or ".onnx" or ".safetensors" or ".bin" or ".gif" or ".snupkg" or ".zip" or ".gz");
}
