using System.Text.RegularExpressions;
using Xunit;

namespace Marl.Actors.Build.Tests.Projects;

/// <summary>How a process ended and what it said, both streams in one text.</summary>
public sealed record Outcome(int ExitCode, string Text)
{
    private static readonly Regex Finding = new(@"^\s*(?<line>\S[^\n]*?: (?:error|warning) [A-Z]+[0-9]+: [^\n]*?)(?: \[[^\n\]]*\])?$", RegexOptions.Multiline);

    /// <summary>What MSBuild reports as errors and warnings, each once, without the project in brackets.</summary>
    public IReadOnlyList<string> Findings => [.. Finding.Matches(Text).Select(m => m.Groups["line"].Value).Distinct()];

    /// <summary>Fails unless all went well, with nothing to report.</summary>
    public Outcome Succeeded()
    {
        Assert.True(ExitCode == 0 && Findings.Count == 0, $"exit code {ExitCode}\n{Text}");
        return this;
    }

    /// <summary>Fails unless the build failed with exactly these errors, each given by its beginning. The last line of a failed check, which says that it failed, is left out.</summary>
    public Outcome Reported(params string[] beginnings)
    {
        Assert.True(ExitCode != 0, $"should have failed\n{Text}");
        var said = Findings.Where(line => !line.Contains(" MARL4200: ", StringComparison.Ordinal)).ToList();
        Assert.True(
            said.Count == beginnings.Length && said.Zip(beginnings).All(pair => pair.First.StartsWith(pair.Second, StringComparison.Ordinal)),
            $"expected\n{string.Join('\n', beginnings)}\nbut these were said:\n{string.Join('\n', said)}\nin\n{Text}");
        return this;
    }

    /// <summary>Fails unless it failed and said these words.</summary>
    public Outcome Failed(params string[] words)
    {
        Assert.True(ExitCode != 0, $"should have failed\n{Text}");
        return Said(words);
    }

    /// <summary>Fails unless it said these words.</summary>
    public Outcome Said(params string[] words)
    {
        Assert.All(words, word => Assert.True(Text.Contains(word, StringComparison.Ordinal), $"'{word}' was not said:\n{Text}"));
        return this;
    }
}
