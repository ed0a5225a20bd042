using Xunit;

namespace Marl.Actors.Packages.Tests.Packing;

/// <summary>How a process ended and what it said, both streams in one text.</summary>
public sealed record Outcome(int ExitCode, string Text)
{
    /// <summary>Fails unless all went well.</summary>
    public Outcome Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Text}");
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
