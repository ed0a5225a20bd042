using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Xunit;

namespace Marl.Actors.Core.Tests.Options;

public sealed class OptionTextTests
{
    [Fact]
    public void Numbers_written_are_read_back_exactly()
    {
        var stream = RandomKey.FromSeed(1).Stream();
        for (var i = 0; i < 20_000; i++)
        {
            var value = BitConverter.UInt64BitsToDouble(stream.NextBits());
            if (double.IsFinite(value))
            {
                Assert.True(OptionText.TryNumber(OptionText.Write(value), out var read));
                Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(read));
            }

            var whole = (long)stream.NextBits() >> stream.NextInt(64);
            Assert.True(OptionText.TryInteger(OptionText.Write(whole), out var readWhole));
            Assert.Equal(whole, readWhole);
        }
    }

    [Theory]
    [InlineData("2_000_000", 2_000_000)]
    [InlineData("-1_0", -10)]
    [InlineData("7", 7)]
    public void Underscores_group_digits(string text, long expected)
    {
        Assert.True(OptionText.TryInteger(text, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("_1")]
    [InlineData("1_")]
    [InlineData("1__0")]
    [InlineData("0x10")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("9223372036854775808")]
    [InlineData("one")]
    public void What_is_no_whole_number_is_refused(string text) => Assert.False(OptionText.TryInteger(text, out _));

    [Theory]
    [InlineData("nan")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData(".inf")]
    [InlineData("1e999")]
    [InlineData("1,5")]
    [InlineData("")]
    public void What_is_no_finite_number_is_refused(string text) => Assert.False(OptionText.TryNumber(text, out _));

    [Theory]
    [InlineData("true", true, true)]
    [InlineData("false", true, false)]
    [InlineData("yes", false, false)]
    [InlineData("True", false, false)]
    [InlineData("1", false, false)]
    public void Only_true_and_false_are_truth_values(string text, bool isOne, bool expected)
    {
        Assert.Equal(isOne, OptionText.TryBoolean(text, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("PerAgent", "per-agent")]
    [InlineData("Tanh", "tanh")]
    [InlineData("CtrlC", "ctrl-c")]
    public void Names_become_kebab_case(string pascal, string expected) => Assert.Equal(expected, OptionText.Kebab(pascal));

    [Fact]
    public void Values_have_one_canonical_text()
    {
        Assert.Equal("true", OptionText.Write(true));
        Assert.Equal("[64, 64]", OptionText.Write((Values<int>)[64, 64]));
        Assert.Equal("[0.5, 1.0]", OptionText.Write((Values<double>)[0.5, 1]));
        Assert.Equal("1.0", OptionText.Write(1.0));
        Assert.Equal("maxSteps", OptionText.Camel("MaxSteps"));
    }
}
