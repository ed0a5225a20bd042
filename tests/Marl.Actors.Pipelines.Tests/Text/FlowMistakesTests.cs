using Marl.Actors.Pipelines.Text;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Text;

/// <summary>
/// Brackets and braces that are not well-formed, each with its exact place. YamlDotNet 18.1 throws a bare exception for many
/// of them, without a place and before it has told of the bracket.
/// </summary>
public sealed class FlowMistakesTests
{
    [Theory]
    [InlineData("a: [1\nb: 2", TextCodes.UnclosedBracket, 1, 4)]
    [InlineData("a: {b: 1\nc: 2}", TextCodes.UnclosedBracket, 1, 4)]
    [InlineData("a: [1, 2\nb: 3\nc: ]", TextCodes.UnclosedBracket, 1, 4)]
    [InlineData("a: [1, [2, 3]\nb: 4", TextCodes.UnclosedBracket, 1, 4)]
    [InlineData("a: [1, #x ]\n 2\nb: 3", TextCodes.UnclosedBracket, 1, 4)]
    [InlineData("a: {b: {c: 1}\nd: 2", TextCodes.UnclosedBracket, 1, 4)]
    [InlineData("a: {b: [1,\n 2]\n", TextCodes.UnclosedBracket, 1, 4)]
    [InlineData("a: [x\nb: y]", TextCodes.UnclosedBracket, 1, 4)]
    [InlineData("a: don't [x\nb: [1\nc: 2", TextCodes.UnclosedBracket, 2, 4)]
    [InlineData("a: 'it''s ['\nb: [1\nc: 2", TextCodes.UnclosedBracket, 2, 4)]
    [InlineData("a: \"\\\"[\"\nb: [1\nc: 2", TextCodes.UnclosedBracket, 2, 4)]
    [InlineData("a: x[1] # [\nb: [1\nc: 2", TextCodes.UnclosedBracket, 2, 4)]
    [InlineData("a:\n  - [1\n  - 2", TextCodes.UnclosedBracket, 2, 5)]
    [InlineData("a:\n  - - {b: 1\n    - 2", TextCodes.UnclosedBracket, 2, 7)]
    [InlineData("a:\n  b: {c: 1\n  d: 2", TextCodes.UnclosedBracket, 2, 6)]
    [InlineData("a: {\"b]\": 1\nc: 2", TextCodes.UnclosedBracket, 1, 4)]
    [InlineData("a: {b: 'x]'\nc: 2", TextCodes.UnclosedBracket, 1, 4)]
    [InlineData("{a: 1", TextCodes.UnclosedBracket, 1, 1)]
    [InlineData("[1", TextCodes.UnclosedBracket, 1, 1)]
    [InlineData("a: [", TextCodes.UnclosedBracket, 1, 4)]
    [InlineData("a: { b: 1, \n", TextCodes.UnclosedBracket, 1, 4)]
    [InlineData("a: { b: 1,\n  c: 2\n  d: 3 }\n", TextCodes.UnexpectedCharacter, 3, 3)]
    [InlineData("{a: 1,\nb: 2\nc: 3}", TextCodes.UnexpectedCharacter, 3, 1)]
    [InlineData("a: {b: 1, # x ]\n c: 2\n d: 3}", TextCodes.UnexpectedCharacter, 3, 2)]
    [InlineData("a: {\n  b: 1\n  c: 2\n}", TextCodes.UnexpectedCharacter, 3, 3)]
    [InlineData("a: {b: 1 c: 2}", TextCodes.UnexpectedCharacter, 1, 11)]
    [InlineData("a: { b: [1, 2 }\nc: 1", TextCodes.UnexpectedCharacter, 1, 15)]
    [InlineData("a: { b: 1 ]", TextCodes.UnexpectedCharacter, 1, 11)]
    [InlineData("a: [ b: 1 }", TextCodes.UnexpectedCharacter, 1, 11)]
    [InlineData("a: [}", TextCodes.UnexpectedCharacter, 1, 5)]
    [InlineData("a: ]", TextCodes.UnexpectedCharacter, 1, 4)]
    [InlineData("a: [1,,2]", TextCodes.UnexpectedCharacter, 1, 7)]
    [InlineData("a: [1]]", TextCodes.UnexpectedCharacter, 1, 7)]
    [InlineData("a: {b: 1} c", TextCodes.UnexpectedCharacter, 1, 11)]
    [InlineData("a: [- 1]", TextCodes.UnexpectedCharacter, 1, 5)]
    [InlineData("a: [\"x]\nb: 2", TextCodes.UnclosedQuote, 1, 5)]
    [InlineData("a: ['x]\nb: 2", TextCodes.UnclosedQuote, 1, 5)]
    [InlineData("a: [1, 2\n  3]", TextCodes.MultiLineScalar, 1, 8)]
    [InlineData("a: {b}", TextCodes.NoValue, 1, 5)]
    [InlineData(" : ", TextCodes.BadKey, 1, 3)]
    [InlineData("    : s: [: p", TextCodes.UnclosedBracket, 1, 10)]
    public void Each_is_refused_at_its_place(string text, string code, int line, int column)
    {
        var diagnostics = PipelineText.Parse(text, "x.yaml").Diagnostics;

        Assert.Contains(diagnostics, d => (d.Code, d.Where.Line, d.Where.Column) == (code, line, column));
        Assert.All(diagnostics, d => DiagnosticRules.Hold(d, "x.yaml"));
    }

    [Theory]
    [InlineData("a: {b: 1,\n  c: [1, 2,\n    3]}")]
    [InlineData("a: {b: don't, c: \"]\"}")]
    [InlineData("a: x[1]{2}\nb: [1] # ]\n")]
    [InlineData("{a: 1,\nb: 2}")]
    public void What_is_well_formed_is_read(string text) => Assert.True(PipelineText.Parse(text, "x.yaml").IsSuccess);
}
