using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>What the file and the command line say about the run as a whole. Null: not given, or wrong.</summary>
internal sealed record BoundSections(long? StopSteps, long? CheckpointSteps, EvaluationRule? Evaluation, Values<(string Stage, string Role)> Placement);

/// <summary>Reads <c>stop:</c>, <c>evaluate:</c>, <c>checkpoint:</c> and <c>place:</c>.</summary>
internal sealed class SectionPass(SettingsBinder settings, BindingOverrides overrides, Findings findings)
{
    private static readonly OptionSpec Role = new("", OptionKind.Text, typeof(string), "", double.NegativeInfinity, double.PositiveInfinity, "A cluster role.", []);

    public BoundSections Run(PipelineFile file, IReadOnlyList<StageDraft> stages) =>
        new(Stop(file), Checkpoint(file), Evaluation(file, stages), Placement(file, stages));

    private long? Stop(PipelineFile file)
    {
        var stop = Read<StopSection>(file.Stop, "stop", file);
        if (overrides.StopSteps is { } steps)
        {
            return AtLeastOne(steps, "number of steps");
        }

        if (file.Stop is null)
        {
            findings.Error(BindingCodes.StopMissing, file.Name.Where, "Nothing says when the experiment ends.", "Add stop: { steps: 1_000_000 }.");
        }

        return stop?.Steps;
    }

    private long? Checkpoint(PipelineFile file)
    {
        var checkpoint = Read<CheckpointSection>(file.Checkpoint, "checkpoint", file);
        return overrides.CheckpointEvery is { } every ? AtLeastOne(every, "checkpoint interval") : checkpoint?.Every;
    }

    private EvaluationRule? Evaluation(PipelineFile file, IReadOnlyList<StageDraft> stages)
    {
        if (file.Evaluate is null)
        {
            if (overrides.EvaluationEpisodes is not null || overrides.EvaluationEvery is not null)
            {
                findings.Error(
                    BindingCodes.OverrideWithoutSection, BindingOverrides.Where, $"Pipeline '{file.Name}' does not evaluate.", "Add evaluate: { every: 100_000, episodes: 32 } to the file.");
            }

            return null;
        }

        if (Read<EvaluateSection>(file.Evaluate, "evaluate", file) is not { } section)
        {
            return null;
        }

        if (section.Convention == ReturnConvention.Success && Clock(stages) is { Component: { } clock, Options: { } options } world && !clock.HasSuccess(options))
        {
            var where = file.Evaluate.Value.First(s => s.Name.Value == "convention").Value.Where;
            findings.Error(BindingCodes.NoSuccesses, where, $"Episodes of '{world.Id}' ({clock.Id}) don't succeed or fail.", "Use convention: team-sum or per-agent.");
        }

        var episodes = AtLeastOne(overrides.EvaluationEpisodes ?? section.Episodes, "number of episodes");
        var every = AtLeastOne(overrides.EvaluationEvery ?? section.Every, "evaluation interval");
        return episodes is null || every is null
            ? null
            : new(every.Value, (int)episodes.Value, section.Actions == ActionChoice.Greedy, section.Convention, Team(section.Of, file, stages));
    }

    private static StageDraft? Clock(IReadOnlyList<StageDraft> stages) => stages.FirstOrDefault(s => s.Component is { IsClock: true });

    /// <summary>The agents whose returns count; null for all of them.</summary>
    private EvaluatedTeam? Team(string name, PipelineFile file, IReadOnlyList<StageDraft> stages)
    {
        if (name.Length == 0 || Clock(stages) is not { Component: { } component, Options: { } options } world)
        {
            return null;
        }

        var domains = component.Domains(options);
        if (!domains.TryGetValue(name, out var members))
        {
            var where = file.Evaluate!.Value.First(s => s.Name.Value == "of").Value.Where;
            findings.Error(BindingCodes.EachUnknownDomain, where, $"'{world.Id}' ({component.Id}) has no domain '{name}'.", Nearest.Remedy(name, domains.Keys, "domains"));
            return null;
        }

        var everyone = component.Outputs.First(o => o.Domain is not null).Domain!;
        return new(name, domains[everyone].ToList().IndexOf(members[0]), members.Count);
    }

    private Values<(string, string)> Placement(PipelineFile file, IReadOnlyList<StageDraft> stages)
    {
        var placed = new List<(string, string)>();
        var known = stages.Select(s => s.Id).ToHashSet();
        foreach (var setting in file.Place ?? [])
        {
            if (!known.Contains(setting.Name.Value))
            {
                findings.Error(
                    BindingCodes.PlaceUnknownStage, setting.Name.Where, $"There is no stage '{setting.Name}'.", findings.Remedy(setting.Name.Value, known, "stages"));
            }

            if (settings.Read(Role with { Name = setting.Name.Value }, setting.Value, "place") is string role)
            {
                placed.Add((setting.Name.Value, role));
            }
        }

        return placed.ToValues();
    }

    private TSection? Read<TSection>(Values<Setting>? section, string name, PipelineFile file)
        where TSection : class => section is { } given
            ? settings.Bind(OptionsSchema.Of<TSection>(), given, name, given.Count > 0 ? given[0].Name.Where : file.Name.Where) as TSection
            : null;

    private long? AtLeastOne(long value, string noun)
    {
        if (value >= 1)
        {
            return value;
        }

        findings.Error(BindingCodes.OverrideValue, BindingOverrides.Where, $"The {noun} cannot be {value}.", "Give at least 1.");
        return null;
    }
}
