using System.Text;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Formatting;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Text;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Text;

/// <summary>Files that nobody writes by hand: whatever the bytes, there are diagnostics at places and never an exception.</summary>
public sealed class HostileFilesTests
{
    private const string Name = "hostile.yaml";

    private const string Good = """
        # a header

        pipeline: good  # trailing
        summary: "A pipeline: with quotes"
        parameters:
          clip: { type: float, default: 0.2, range: 0.0..1.0 }
        stages:
          world:
            uses: environment/climbing
            copies: 8
            in:
              actions: team.actions |> by-step
          team:
            # of the team
            uses: agent/actor-critic
            each: world.agents
            with: { hidden: [8, 8], rate: $clip }
            in:
              steps:
                - world.steps
                - talk.said |> drop(p=0.05, every=2)
        stop: { steps: 100 }

        """;

    [Theory]
    [InlineData("[", "")]
    [InlineData("{ a: ", "")]
    [InlineData("- ", "")]
    [InlineData("? ", "")]
    [InlineData("a: [", "")]
    [InlineData("[", "]")]
    [InlineData("[{", "}]")]
    public void Deep_nesting_is_refused_without_deep_recursion(string open, string close)
    {
        foreach (var depth in new[] { 17, 200, 100_000 })
        {
            var text = "pipeline: a\nstages: " + string.Concat(Enumerable.Repeat(open, depth)) + "x" + string.Concat(Enumerable.Repeat(close, depth));
            Refused(Encoding.UTF8.GetBytes(text));
        }
    }

    [Fact]
    public void Nesting_in_lines_is_refused()
    {
        var text = string.Concat(Enumerable.Range(0, 700).Select(i => $"{new string(' ', i)}a:\n"));

        Assert.Contains(Refused(Encoding.UTF8.GetBytes(text)), d => d.Code == TextCodes.TooDeep && d.Where is { Line: 17, Column: 17 });
    }

    [Fact]
    public void Sixteen_levels_are_read() =>
        Assert.True(PipelineText.Parse(new string('[', 16) + new string(']', 16), Name).IsSuccess);

    [Fact]
    public void Aliases_are_never_expanded()
    {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 30).Select(i =>
            $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n"));

        var codes = Refused(Encoding.UTF8.GetBytes(text)).Select(d => d.Code).ToHashSet();
        Assert.Contains(TextCodes.Alias, codes);
        Assert.Contains(TextCodes.Anchor, codes);
        Assert.Contains(TextCodes.TooManyFindings, codes);
    }

    [Fact]
    public void Large_files_are_refused_for_their_size()
    {
        using var folder = new TestFolder();
        var path = folder.Write("large.yaml", Encoding.UTF8.GetBytes("pipeline: a\n" + string.Concat(Enumerable.Repeat("# 50 characters of nothing but a comment, again ..\n", 100_000))));

        Assert.True(new FileInfo(path).Length > 5_000_000);
        Assert.Equal(TextCodes.TooLarge, Assert.Single(PipelineReader.Read(path).Diagnostics).Code);
    }

    [Fact]
    public void Large_text_is_refused_too() =>
        Assert.Equal(TextCodes.TooLarge, Assert.Single(PipelineReader.Parse(new string('a', 2_000_000), Name).Diagnostics).Code);

    [Theory]
    [InlineData("- a\n")]
    [InlineData("a: 1\n")]
    [InlineData("'a")]
    [InlineData("a")]
    [InlineData("a ")]
    [InlineData("\"\\x41")]
    [InlineData("&a ")]
    [InlineData("*a ")]
    [InlineData("!a ")]
    [InlineData("{a: b, ")]
    [InlineData("[a, ")]
    [InlineData("#\n")]
    [InlineData("\n")]
    [InlineData(" \n")]
    [InlineData("\t")]
    [InlineData("? a\n")]
    [InlineData("---\n")]
    [InlineData("%a\n")]
    [InlineData("a:\n b\n")]
    [InlineData("a\nb: c\n")]
    [InlineData("| ")]
    [InlineData("\u2028")]
    public void A_long_run_of_anything_is_refused(string unit) =>
        Refused(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, 250_000 / Encoding.UTF8.GetByteCount(unit)))));

    [Fact]
    public void Zero_bytes_are_shown_where_they_stand()
    {
        var fault = Assert.Single(Refused([.. "pipeline: a\nab"u8, 0, 1, 2, 3]));
        Assert.Equal((TextCodes.Binary, 2, 3), (fault.Code, fault.Where.Line, fault.Where.Column));
    }

    [Theory]
    [InlineData(new byte[] { 0xC3 }, "The file ends within a character (byte 0xC3).")]
    [InlineData(new byte[] { 0xF0, 0x9F, 0x98 }, "The file ends within a character (byte 0xF0).")]
    [InlineData(new byte[] { 0xFF, (byte)'x' }, "Byte 0xFF is not UTF-8.")]
    [InlineData(new byte[] { 0xC0, 0x80 }, "Byte 0xC0 is not UTF-8.")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "Byte 0xED is not UTF-8.")]
    public void Bytes_that_are_not_utf8_are_shown_where_they_stand(byte[] bytes, string sentence)
    {
        var fault = Assert.Single(Refused([.. "pipeline: a\r\n# é"u8, .. bytes]));
        Assert.Equal((TextCodes.NotUtf8, sentence, 2, 4), (fault.Code, fault.Sentence, fault.Where.Line, fault.Where.Column));
    }

    [Fact]
    public void Utf16_is_named() => Assert.Equal("The file is UTF-16.", Assert.Single(Refused(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Good)).ToArray())).Sentence);

    [Fact]
    public void Invisible_characters_are_shown_where_they_stand()
    {
        var faults = Refused(Encoding.UTF8.GetBytes(Good.Replace("copies: 8", "copies: 8\u0007").Replace("pipeline: good", "pipeline\u2028: good")));
        Assert.Equal([(TextCodes.ControlCharacter, 3, 9), (TextCodes.ControlCharacter, 10, 14)], faults.Where(f => f.Code == TextCodes.ControlCharacter).Select(f => (f.Code, f.Where.Line, f.Where.Column)));
    }

    [Fact]
    public void Findings_stop_at_a_hundred()
    {
        var text = "pipeline: a\nstages:\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"  s{i}: 1\n"));
        Assert.Equal(101, Refused(Encoding.UTF8.GetBytes(text)).Count);
    }

    /// <summary>Every prefix of a good file, every character of it removed, doubled or replaced.</summary>
    [Fact]
    public void Every_single_edit_of_a_good_file_is_read_or_refused()
    {
        Assert.True(PipelineReader.Parse(Good, Name).IsSuccess);
        for (var i = 0; i < Good.Length; i++)
        {
            ReadOrRefused(Good[..i]);
            ReadOrRefused(Good.Remove(i, 1));
            foreach (var c in "\n\t :#-,[]{}'\"&*!|>%@`$?<\\x\u0000é\u2028")
            {
                ReadOrRefused(Good.Insert(i, c.ToString()));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_edits_of_a_good_file_are_read_or_refused(int seed)
    {
        var random = new Random(seed);
        for (var n = 0; n < 2000; n++)
        {
            var bytes = Encoding.UTF8.GetBytes(Good).ToList();
            for (var edits = random.Next(1, 12); edits > 0; edits--)
            {
                var (at, from, length) = (random.Next(bytes.Count), random.Next(bytes.Count), random.Next(1, 30));
                switch (random.Next(4))
                {
                    case 0:
                        bytes[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        bytes[at] = (byte)random.Next(32, 127);
                        break;
                    case 2:
                        bytes.RemoveRange(at, Math.Min(length, bytes.Count - at - 1));
                        break;
                    default:
                        bytes.InsertRange(at, bytes.GetRange(from, Math.Min(length, bytes.Count - from)));
                        break;
                }
            }

            ReadOrRefused([.. bytes]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_bytes_and_random_yaml_are_refused(int seed)
    {
        var random = new Random(seed);
        const string Alphabet = "ab:  \n\n-?[]{},&*!|>'\"%@#\\$<=.~\t";
        for (var n = 0; n < 3000; n++)
        {
            var bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            ReadOrRefused(bytes);
            ReadOrRefused(new string([.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]));
        }
    }

    private static Values<Diagnostic> Refused(byte[] bytes)
    {
        var diagnostics = ReadOrRefused(bytes);
        Assert.NotEmpty(diagnostics);
        return diagnostics;
    }

    private static Values<Diagnostic> ReadOrRefused(string text) => ReadOrRefused(Encoding.UTF8.GetBytes(text));

    private static Values<Diagnostic> ReadOrRefused(byte[] bytes)
    {
        var result = PipelineReader.Parse(bytes, Name);
        Assert.Equal(result.IsSuccess, result.Diagnostics.Count == 0);
        foreach (var diagnostic in result.Diagnostics)
        {
            DiagnosticRules.Hold(diagnostic, Name);
            Assert.True(diagnostic.Where.Line > 0, diagnostic.ToString());
        }

        var text = Encoding.UTF8.GetString(bytes);
        BarsReader.Parse(text, Name);
        if (PipelineFormatter.Format(text, Name) is { IsSuccess: true } formatted)
        {
            FormatRules.Hold(text, formatted.Value);
        }

        return result.Diagnostics;
    }
}
