using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Xunit;

namespace Marl.Actors.Core.Tests.Options;

public enum Shape
{
    RoundHole,
    SquarePeg,
}

public sealed record ToyOptions(
    [Option("Needed.", Required = true)] string Name,
    [Option("Copies.", Minimum = 1, Maximum = 1024)] int Copies = 4,
    [Option("Steps.", Minimum = 0)] long Steps = 5_000_000_000,
    [Option("Rate.", Minimum = 0, Maximum = 1)] double Rate = 0.5,
    [Option("Shape.")] Shape Shape = Shape.SquarePeg,
    [Option("On.")] bool On = true,
    [Option("Layers.", Minimum = 1, Default = "64, 32")] Values<int> Layers = default,
    [Option("Weights.", Default = "")] Values<double> Weights = default);

public sealed record InnerOptions([Option("Depth.")] int Depth = 2, [Option("Width.", Default = "3", Minimum = 1)] Values<int> Widths = default);

public sealed record OuterOptions(
    [Option("First.")] int First = 1,
    [OptionGroup] InnerOptions? Inner = null,
    [Option("Last.")] bool Last = false)
{
    public InnerOptions Inner { get; init; } = Inner ?? new();
}

public sealed record UndocumentedOptions(int Copies = 1);

public sealed class OptionsSchemaTests
{
    private static OptionsSchema Schema { get; } = OptionsSchema.Of<ToyOptions>();

    [Fact]
    public void Names_kinds_and_defaults_come_from_the_record()
    {
        Assert.Equal(["name", "copies", "steps", "rate", "shape", "on", "layers", "weights"], Schema.Options.Select(o => o.Name));
        Assert.Equal(
            [OptionKind.Text, OptionKind.Integer, OptionKind.Integer, OptionKind.Number, OptionKind.Choice, OptionKind.Boolean, OptionKind.IntegerList, OptionKind.NumberList],
            Schema.Options.Select(o => o.Kind));
        Assert.True(Schema.Find("name")!.IsRequired);
        Assert.Equal([4, 5_000_000_000L, 0.5, Shape.SquarePeg, true, (Values<int>)[64, 32], (Values<double>)[]], Schema.Options.Skip(1).Select(o => o.Default));
        Assert.Null(Schema.Find("copy"));
        Assert.Same(Schema, OptionsSchema.Of(typeof(ToyOptions)));
    }

    [Fact]
    public void A_group_s_options_stand_in_its_place()
    {
        var schema = OptionsSchema.Of<OuterOptions>();
        Assert.Equal(["first", "depth", "widths", "last"], schema.Options.Select(o => o.Name));
        var made = (OuterOptions)schema.Create(new Dictionary<string, object> { ["depth"] = 7, ["last"] = true });
        Assert.Equal((1, 7, (Values<int>)[3], true), (made.First, made.Inner.Depth, made.Inner.Widths, made.Last));
        Assert.Equal(made, schema.Create(schema.Read(made)));
        Assert.Equal(7, schema.Read(made)["depth"]);
    }

    [Theory]
    [InlineData("copies", "a whole number in 1..1024")]
    [InlineData("steps", "a whole number, at least 0")]
    [InlineData("rate", "a number in 0..1")]
    [InlineData("shape", "one of round-hole, square-peg")]
    [InlineData("on", "true or false")]
    [InlineData("layers", "a list of whole numbers, at least 1")]
    public void What_is_expected_is_said(string option, string expected) => Assert.Equal(expected, Schema.Find(option)!.Expectation);

    [Theory]
    [InlineData("copies", "0")]
    [InlineData("copies", "1025")]
    [InlineData("copies", "5.5")]
    [InlineData("rate", "1.01")]
    [InlineData("rate", "fast")]
    [InlineData("shape", "Square")]
    [InlineData("on", "yes")]
    public void Values_out_of_type_or_range_are_refused(string option, string text) => Assert.Null(Schema.Find(option)!.ReadScalar(text));

    [Fact]
    public void Choices_are_read_by_their_kebab_names() => Assert.Equal(Shape.RoundHole, Schema.Find("shape")!.ReadScalar("round-hole"));

    [Fact]
    public void Random_options_survive_writing_and_reading()
    {
        var stream = RandomKey.FromSeed(2).Stream();
        for (var i = 0; i < 500; i++)
        {
            var options = new ToyOptions(
                $"n{stream.NextInt(1000)}", 1 + stream.NextInt(1024), (long)(stream.NextBits() >> 1), stream.NextDouble(),
                (Shape)stream.NextInt(2), stream.NextInt(2) == 0, [1 + stream.NextInt(512)], [stream.NextNormal(), stream.NextDouble()]);
            var written = Schema.Read(options).ToDictionary(pair => pair.Key, pair => OptionText.Write(pair.Value));
            var read = Schema.Options.ToDictionary(o => o.Name, o => ReadBack(o, written[o.Name]));

            Assert.Equal(options, Schema.Create(read));
        }
    }

    [Fact]
    public void What_is_not_named_keeps_its_default() => Assert.Equal(
        new ToyOptions("x", 9, Layers: [64, 32]), Schema.Create(new Dictionary<string, object> { ["name"] = "x", ["copies"] = 9 }));

    [Fact]
    public void A_missing_required_option_is_a_bug_of_the_binder() =>
        Assert.Throws<ArgumentException>(() => Schema.Create(new Dictionary<string, object>()));

    [Fact]
    public void Options_without_help_are_a_bug() =>
        Assert.Contains("'Copies'", Assert.Throws<InvalidOperationException>(() => OptionsSchema.Of<UndocumentedOptions>()).Message);

    private static object ReadBack(OptionSpec option, string text) => option.Kind switch
    {
        OptionKind.IntegerList => text.Trim('[', ']').Split(", ").Select(t => (int)option.ReadScalar(t)!).ToValues(),
        OptionKind.NumberList => text.Trim('[', ']').Split(", ").Select(t => (double)option.ReadScalar(t)!).ToValues(),
        _ => option.ReadScalar(text)!,
    };
}
