using System.Text.RegularExpressions;
using Marl.Actors.Pipelines.Formatting;
using Marl.Actors.Pipelines.Model;
using Xunit;

namespace Marl.Actors.Pipelines.Tests;

/// <summary>What holds of every formatted text, whatever it was made from.</summary>
internal static partial class FormatRules
{
    public static void Hold(string original, string formatted)
    {
        var again = PipelineFormatter.Format(formatted, "again.yaml");
        Assert.True(again.IsSuccess, $"Refused after formatting: {string.Join('\n', again.Diagnostics)}\n{original}\n---\n{formatted}");
        Assert.True(formatted == again.Value, $"Not idempotent:\n{original}\n---\n{formatted}\n---\n{again.Value}");

        var (before, after) = (PipelineReader.Parse(original, "x.yaml"), PipelineReader.Parse(formatted, "x.yaml"));
        if (before.IsSuccess)
        {
            Assert.True(after.IsSuccess, $"Refused after formatting: {string.Join('\n', after.Diagnostics)}\n{original}\n---\n{formatted}");
            Assert.Equal(ModelText.Of(before.Value), ModelText.Of(after.Value));
        }

        Assert.DoesNotMatch(TrailingBlanks(), formatted);
        Assert.EndsWith("\n", formatted, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"[ \t]\n|\n\n\n|\n\n\z|\r")]
    private static partial Regex TrailingBlanks();
}
