using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Campaigns.Sweeps;

/// <summary>Holds the values of a sweep against the parameters of its pipeline.</summary>
internal sealed class SweepAxes
{
    private readonly Dictionary<string, DeclaredParameter> declared;
    private readonly Findings findings;

    public SweepAxes(PipelineFile pipeline, Findings findings)
    {
        this.findings = findings;
        declared = pipeline.Parameters.ToDictionary(p => p.Name.Value, p => DeclaredParameter.Of(p, new Findings(), out _));
    }

    /// <summary>Whether a parameter takes whole numbers only.</summary>
    public bool IsWhole(string parameter) => declared[parameter].Type == ParameterType.Int;

    /// <summary>Reports every value that a parameter cannot have, and every parameter that cannot be swept.</summary>
    public void Check(SweepFile file, BindingOverrides overrides)
    {
        var seen = new HashSet<string>();
        foreach (var axis in file.Grid)
        {
            if (Find(axis.Parameter, seen, overrides) is { } parameter)
            {
                Values(axis.Parameter.Value, axis.Values, parameter);
            }
        }

        foreach (var axis in file.Sample?.Axes ?? [])
        {
            if (Find(axis.Parameter, seen, overrides) is { } parameter)
            {
                if (axis.Bounds is { } bounds)
                {
                    Bounds(axis, bounds, parameter);
                }
                else
                {
                    Values(axis.Parameter.Value, axis.Choices, parameter);
                }
            }
        }

        var count = SweepSettings.Count(file);
        if (count > SweepSettings.Most)
        {
            findings.Error(SweepCodes.TooMany, file.Name.Where, $"The sweep has {(count == int.MaxValue ? "endless" : count)} settings; {SweepSettings.Most} can be.", "Try fewer values, or draw some: 'sample:'.");
        }
    }

    private DeclaredParameter? Find(Located<string> name, HashSet<string> seen, BindingOverrides overrides)
    {
        if (name.Value == ParameterTable.Seed)
        {
            findings.Error(SweepCodes.SweptSeed, name.Where, "The seed is no parameter of a sweep.", "Write 'seeds: 1..3' at the top; then figures have intervals over seeds.");
            return null;
        }

        if (!declared.TryGetValue(name.Value, out var parameter))
        {
            var known = declared.Keys.Where(k => k != ParameterTable.Seed);
            findings.Error(SweepCodes.UnknownParameter, name.Where, $"The pipeline has no parameter '{name}'.", Nearest.Remedy(name.Value, known, "parameters"));
            return null;
        }

        if (!seen.Add(name.Value))
        {
            findings.Error(SweepCodes.Repeated, name.Where, $"Parameter '{name}' stands in 'grid' and in 'sample'.", "Keep one of them.");
            return null;
        }

        if (overrides.Parameters.Any(p => p.Name == name.Value))
        {
            findings.Error(SweepCodes.OverrideOfSwept, BindingOverrides.Where, $"Parameter '{name}' is swept, so no value can be set for all runs.", $"Leave out --set {name}=…, or run the pipeline itself.");
        }

        return parameter;
    }

    private void Values(string name, Values<Located<string>> values, DeclaredParameter parameter)
    {
        var seen = new HashSet<string>();
        foreach (var value in values)
        {
            if (parameter.Problem(value.Value) is { } problem)
            {
                findings.Error(SweepCodes.ParameterValue, value.Where, $"Parameter '{name}' cannot be '{value}'.", $"Write {problem}.");
            }
            else if (!seen.Add(Canonical(value.Value, parameter)))
            {
                findings.Error(SweepCodes.Repeated, value.Where, $"Parameter '{name}' has the value '{value}' twice.", "Keep one of them.");
            }
        }
    }

    private static string Canonical(string text, DeclaredParameter parameter) =>
        parameter.Type is ParameterType.Int or ParameterType.Float && OptionText.TryNumber(text, out var number) ? OptionText.Write(number) : text;

    private void Bounds(SampleAxis axis, Located<(string Low, string High)> bounds, DeclaredParameter parameter)
    {
        var name = axis.Parameter.Value;
        if (parameter.Type is not (ParameterType.Int or ParameterType.Float))
        {
            findings.Error(
                SweepCodes.Distribution, bounds.Where, $"Parameter '{name}' is of type {OptionText.Kebab($"{parameter.Type}")} and has no ranges to draw from.", "Write { choice: [a, b] }.");
            return;
        }

        var wrong = new[] { bounds.Value.Low, bounds.Value.High }.FirstOrDefault(b => parameter.Problem(b) is not null);
        if (wrong is not null)
        {
            findings.Error(SweepCodes.ParameterValue, bounds.Where, $"Parameter '{name}' cannot be '{wrong}'.", $"Write bounds that are each {parameter.Problem(wrong)}.");
            return;
        }

        OptionText.TryNumber(bounds.Value.Low, out var low);
        OptionText.TryNumber(bounds.Value.High, out var high);
        var (sentence, remedy) = low >= high ? ($"The range {bounds.Value.Low}..{bounds.Value.High} holds nothing to draw.", "Write the least value first.")
            : axis.Distribution == Distribution.LogUniform && low <= 0 ? ($"The range {bounds.Value.Low}..{bounds.Value.High} has no logarithms.", "Begin it above 0, or write uniform.")
            : parameter.Type == ParameterType.Int && high - low >= int.MaxValue ? ($"The range {bounds.Value.Low}..{bounds.Value.High} is too wide to draw whole numbers from.", "Narrow it.")
            : ("", "");
        if (sentence.Length > 0)
        {
            findings.Error(SweepCodes.Distribution, bounds.Where, sentence, remedy);
        }
    }
}
