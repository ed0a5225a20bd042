using Marl.Actors.Core.Results;
using Xunit;

namespace Marl.Actors.Pipelines.Tests;

/// <summary>What holds of every diagnostic, whatever it says.</summary>
internal static class DiagnosticRules
{
    private static readonly string[] Leaks = ["Exception", "at Yaml", "System.", "While scanning", "While parsing", "Line: ", "Idx"];

    public static void Hold(Diagnostic diagnostic, string file)
    {
        Assert.Equal(file, diagnostic.Where.File);
        Assert.Matches("^MARL[0-9]{4}$", diagnostic.Code);
        Assert.Matches(@"^.+[.?]$", diagnostic.Sentence);
        Assert.Matches(@"^.+[.?]$", diagnostic.Remedy);
        Assert.Equal(diagnostic.Where.Line > 0, diagnostic.Where.Column > 0);
        Assert.All(Leaks, leak => Assert.DoesNotContain(leak, diagnostic.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain('\n', diagnostic.ToString());
    }
}
