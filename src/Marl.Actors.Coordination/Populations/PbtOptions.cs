using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Coordination.Populations;

/// <summary>Who copies whom.</summary>
public enum Exploit
{
    /// <summary>Those with the lowest scores go on from one of those with the highest.</summary>
    Truncation,

    /// <summary>Nobody: members stay apart, to compare with.</summary>
    None,
}

/// <summary>What a copy is made of.</summary>
public enum Inheritance
{
    /// <summary>Weights and settings. The members then sit in order, the best first, where evaluation hears it.</summary>
    All,

    /// <summary>Weights only: each seat keeps settings of its own.</summary>
    Weights,
}

/// <summary>How settings are spread and measured between their bounds.</summary>
public enum SettingScale
{
    /// <summary>By their logarithm.</summary>
    Logarithmic,

    /// <summary>As they are.</summary>
    Linear,
}

/// <summary>Options of <c>population/pbt</c>.</summary>
/// <param name="Settings">Names.</param>
/// <param name="Low">Lower bounds.</param>
/// <param name="High">Upper bounds.</param>
/// <param name="First">First values.</param>
/// <param name="Scale">How they are spread.</param>
/// <param name="Every">Updates between exchanges.</param>
/// <param name="Exploit">Who copies whom.</param>
/// <param name="Fraction">How many do.</param>
/// <param name="Inherit">What they copy.</param>
/// <param name="Perturbation">How far settings are moved.</param>
/// <param name="Resample">How often they are drawn anew.</param>
/// <param name="Convention">What scores are.</param>
public sealed record PbtOptions(
    [Option("What the members differ in: options of their learner, as learningRate or entropy.", Required = true)] Values<string> Settings,
    [Option("Least value of each setting.", Required = true)] Values<double> Low,
    [Option("Greatest value of each setting.", Required = true)] Values<double> High,
    [Option("First settings of all members, one member after another; drawn when empty, spread evenly over the range.", Default = "")] Values<double> First = default,
    [Option("How settings are spread and measured between their bounds: by their logarithm, or as they are.")] SettingScale Scale = SettingScale.Logarithmic,
    [Option("Updates of a member between two exchanges.", Minimum = 1, Maximum = 1_000_000)] int Every = 10,
    [Option("Who copies whom: truncation (the lowest scores go on from one of the highest) or none.")] Exploit Exploit = Exploit.Truncation,
    [Option("Part of the members that copies, and that is copied; of two or more at least one.", Minimum = 0, Maximum = 0.5)] double Fraction = 0.2,
    [Option("What is copied: all, or the weights only.")] Inheritance Inherit = Inheritance.All,
    [Option("A copy's settings are multiplied by 1 plus or minus this, each by a coin of its own; 0 leaves them.", Minimum = 0, Maximum = 0.99)] double Perturbation = 0.2,
    [Option("Probability that a copy's setting is drawn anew instead.", Minimum = 0, Maximum = 1)] double Resample = 0,
    [Option("A member's score: the mean over its training episodes of the team's sum, or of the mean over agents.")] ReturnConvention Convention = ReturnConvention.PerAgent)
{
    /// <summary>First settings; empty when they are drawn.</summary>
    public Values<double> First { get; init; } = First.IsDefault ? [] : First;

    /// <summary>What can't stand together.</summary>
    internal IEnumerable<(string Option, string Sentence)> Conflicts()
    {
        if (Settings.Count == 0 || Settings.Distinct().Count() < Settings.Count)
        {
            yield return ("settings", "A population differs in at least one setting, and names each once.");
            yield break;
        }

        if (Low.Count != Settings.Count || High.Count != Settings.Count)
        {
            yield return (Low.Count != Settings.Count ? "low" : "high", $"There are {Settings.Count} settings; give a bound for each of them.");
            yield break;
        }

        for (var i = 0; i < Settings.Count; i++)
        {
            if (!(Low[i] <= High[i]))
            {
                yield return ("low", $"'{Settings[i]}' can't lie between {OptionText.Write(Low[i])} and {OptionText.Write(High[i])}; swap its bounds.");
            }
            else if (Scale == SettingScale.Logarithmic && Low[i] <= 0)
            {
                yield return ("low", $"{OptionText.Write(Low[i])} has no logarithm; give '{Settings[i]}' a bound above 0, or write 'scale: linear'.");
            }
        }

        if (First.Count % Settings.Count != 0)
        {
            yield return ("first", $"{First.Count} values are no whole number of members with {Settings.Count} settings each.");
        }

        if (Convention == ReturnConvention.Success)
        {
            yield return ("convention", "Scores are returns; write team-sum or per-agent.");
        }
    }
}
