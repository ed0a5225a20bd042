using System.Text.RegularExpressions;
using Xunit;

namespace Marl.Actors.FloorPlan.Tests;

public sealed class PurityTests
{
    [Fact]
    public void Pure_projects_write_no_files() => Findings.None(Uses(
        @"\bFile\.(Write|Create|Append|Move|Copy|Delete|Replace)|\bWholeFile\.(Write|Folder)|FileMode\.(Create|Append|Truncate)|\bDirectory\.(Create|Delete|Move)"));

    [Fact]
    public void Pure_projects_read_no_clock() => Findings.None(Uses(
        @"\bDateTime(Offset)?\.(Utc)?Now|\bStopwatch\.|\bTickCount|\bTimeProvider\b|\bGetTimestamp\b"));

    [Fact]
    public void Pure_projects_draw_from_keys_only() => Findings.None(Uses(
        @"\bRandom\.Shared\b|\bnew Random\(|\bGuid\.NewGuid\b|\bRandomNumberGenerator\b|\btorch\.(rand|randn|randint|randperm|bernoulli|manual_seed)\("));

    [Fact]
    public void Pure_projects_neither_sleep_nor_open_sockets() => Findings.None(Uses(
        @"\bThread\.Sleep\b|\bTask\.Delay\b|\bSystem\.Net\b|\bnew Timer\("));

    [Fact]
    public void Exceptions_to_the_rule_still_exist() => Findings.None(Plan.Windows.Where(file => !Repository.Files.Contains(file)));

    private static IEnumerable<string> Uses(string pattern)
    {
        var regex = new Regex(pattern);
        return Repository.Sources([.. Plan.Pure.Select(name => "src/" + name)])
            .Where(file => !Plan.Windows.Contains(file))
            .SelectMany(file => Repository.Lines(file)
                .Where(line => !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal) && regex.IsMatch(line.Text))
                .Select(line => $"{file}({line.Number}): {line.Text.Trim()}"));
    }
}
