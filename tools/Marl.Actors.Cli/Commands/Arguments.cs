using System.CommandLine;
using System.CommandLine.Parsing;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Cli.Commands;

/// <summary>Arguments and options that several commands have. Values are read as in pipeline files: <c>2_000_000</c>, <c>1e-5</c>.</summary>
internal static class Arguments
{
    private const int MostSeeds = 1000;

    /// <summary>A pipeline file.</summary>
    public static Argument<string> File(string description = "A pipeline file.") => new Argument<string>("FILE") { Description = description }.WithoutOptions();

    /// <summary>One file or more.</summary>
    public static Argument<string[]> Files(string description) =>
        new Argument<string[]>("FILE") { Description = description, Arity = ArgumentArity.OneOrMore }.WithoutOptions();

    /// <summary>The folder of a run.</summary>
    public static Argument<string> Run() =>
        new Argument<string>("RUN_DIR") { Description = "The folder of a run, as in runs/mappo-spread-20260101-120000." }.WithoutOptions();

    /// <summary>System.CommandLine takes an option it doesn't know for the argument it still lacks: <c>marl run --sed 3</c> would run the file '--sed'.</summary>
    public static Argument<T> WithoutOptions<T>(this Argument<T> argument)
    {
        argument.Validators.Add(result =>
        {
            foreach (var option in result.Tokens.Where(t => t.Value.StartsWith('-')))
            {
                result.AddError($"Unrecognized option '{option.Value}'. A file of that name is './{option.Value}'.");
            }
        });
        return argument;
    }

    /// <summary><c>--set name=value</c>, any number of times.</summary>
    public static Option<(string Name, string Value)[]> Set() => new("--set")
    {
        Description = "Gives a parameter of the pipeline another value. May be repeated.",
        HelpName = "name=value",
        Arity = ArgumentArity.ZeroOrMore,
        CustomParser = result => [.. result.Tokens.Select(token => Assignment(token.Value, result))],
        DefaultValueFactory = _ => [],
    };

    /// <summary><c>--seed N</c></summary>
    public static Option<long?> Seed(string description) => Whole("--seed", description, 0);

    /// <summary><c>--json</c></summary>
    public static Option<bool> Json(string description) => new("--json") { Description = description };

    /// <summary>A whole number of at least <paramref name="least"/>, and at most <paramref name="most"/>.</summary>
    public static Option<long?> Whole(string name, string description, long least, long most = long.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (OptionText.TryInteger(text, out var value) && value >= least && value <= most)
            {
                return value;
            }

            result.AddError($"{name} must be a whole number of at least {least}{(most < long.MaxValue ? $" and at most {most}" : "")}, but is '{text}'.");
            return null;
        },
    };

    /// <summary>A number that is not negative.</summary>
    public static Option<double> Number(string name, string description, double byDefault) => new(name)
    {
        Description = description,
        HelpName = "X",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (OptionText.TryNumber(text, out var value) && value >= 0)
            {
                return value;
            }

            result.AddError($"{name} must be a number of at least 0, but is '{text}'.");
            return byDefault;
        },
    };

    /// <summary><c>--seeds 1..5</c> or <c>--seeds 1,4,9</c>.</summary>
    public static Option<Values<long>?> Seeds() => new("--seeds")
    {
        Description = "Runs each of these seeds, one after another, in a folder of its own: 1..5 or 1,4,9.",
        HelpName = "A..B",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (SeedList(text) is { } seeds)
            {
                return seeds;
            }

            result.AddError($"--seeds must be a range as in 1..5 or a list as in 1,4,9 of at most {MostSeeds} whole numbers, each once, but is '{text}'.");
            return null;
        },
    };

    internal static Values<long>? SeedList(string text)
    {
        var bounds = text.Split("..");
        if (bounds.Length == 2)
        {
            return OptionText.TryInteger(bounds[0], out var first) && OptionText.TryInteger(bounds[1], out var last)
                && first >= 0 && last >= first && last - first < MostSeeds
                    ? Enumerable.Range(0, (int)(last - first) + 1).Select(i => first + i).ToValues()
                    : null;
        }

        var seeds = new List<long>();
        foreach (var part in text.Split(','))
        {
            if (!OptionText.TryInteger(part.Trim(), out var seed) || seed < 0 || seeds.Contains(seed) || seeds.Count == MostSeeds)
            {
                return null;
            }

            seeds.Add(seed);
        }

        return seeds.ToValues();
    }

    private static (string Name, string Value) Assignment(string text, ArgumentResult result)
    {
        var sign = text.IndexOf('=');
        if (sign <= 0)
        {
            result.AddError($"--set takes name=value, but is '{text}'.");
            return default;
        }

        return (text[..sign].Trim(), text[(sign + 1)..].Trim());
    }
}
