using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Marl.Actors.Cli.Tests.Processes;

/// <summary>What a process said and how it ended.</summary>
internal sealed record Outcome(int ExitCode, string Out, string Error)
{
    private static readonly Regex Diagnostic = new(@"^[^\n]+: error (MARL[0-9]{4}): [^\n]+[.?]$");

    /// <summary>Lines on standard error.</summary>
    public string[] Complaints => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>Fails unless all went well, with everything that was said.</summary>
    public Outcome Succeeded() => Ended(0);

    /// <summary>Fails unless the process ended so, with everything that was said.</summary>
    public Outcome Ended(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode} instead of {exitCode}\n{Out}\n{Error}");
        return this;
    }

    /// <summary>Fails unless exactly one line was said, in the form editors and CI recognise, with that code and words.</summary>
    public Outcome Complained(string code, params string[] words)
    {
        Ended(1);
        var line = Assert.Single(Complaints);
        Assert.True(Diagnostic.Match(line) is { Success: true } match && match.Groups[1].Value is var found && found == code, $"not {code}: {line}");
        Assert.All(words, word => Assert.Contains(word, line));
        return this;
    }
}
