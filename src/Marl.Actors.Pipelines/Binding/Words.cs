using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Types and counts in plain words, for sentences.</summary>
internal static class Words
{
    /// <summary><c>observation Box(18)</c>.</summary>
    public static string Field(string name, Term value) => $"{name.Replace('-', ' ')} {Value(value)}";

    /// <summary>A value as a reader would say it; unknowns as "anything".</summary>
    public static string Value(Term term) => term switch
    {
        Variable => "anything",
        Compound c => $"{c.Name}({string.Join(", ", c.Arguments.Select(Value))})",
        _ => term.ToString(),
    };

    /// <summary><c>training</c> or <c>evaluation</c>.</summary>
    public static string Of(Purpose purpose) => purpose == Purpose.Evaluation ? "evaluation" : "training";

    /// <summary><c>1 instance</c>, <c>3 instances</c>.</summary>
    public static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
