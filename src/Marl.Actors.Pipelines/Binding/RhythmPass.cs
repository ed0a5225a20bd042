using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Pipelines.Checks;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>The firing pattern of every stage in numbers, and what follows of it for edges.</summary>
internal sealed class RhythmTable(IReadOnlyDictionary<string, Rhythm> rhythms)
{
    public Rhythm this[string stage] => rhythms[stage];

    public Rhythm? Find(string stage) => rhythms.GetValueOrDefault(stage);

    /// <summary>Tokens the producer sends in one of its cycles; null when that varies.</summary>
    public long? Sent(EdgeDraft edge, PipelineDraft draft) => rhythms[edge.From].Sent(Output(edge, draft));

    /// <summary>Tokens the consumer takes in one of its cycles; null when that varies.</summary>
    public long? Taken(EdgeDraft edge, PipelineDraft draft) => rhythms[edge.To].Taken(Input(edge, draft));

    public static int Output(EdgeDraft edge, PipelineDraft draft) => draft[edge.From].Component!.OutputIndex(edge.Output.Name);

    public static int Input(EdgeDraft edge, PipelineDraft draft) => draft[edge.To].Component!.InputIndex(edge.Input.Name);
}

/// <summary>Puts numbers into the firing patterns, now that the types are known.</summary>
/// <param name="draft">The stages and edges.</param>
/// <param name="types">Their types.</param>
/// <param name="findings">Where trouble goes.</param>
/// <param name="known">Rhythms of some of the stages.</param>
internal sealed class RhythmPass(PipelineDraft draft, TypeTable types, Findings findings, RhythmTable? known = null)
{
    private readonly HashSet<(string Stage, string Port)> connected =
        [.. draft.Edges.Select(e => (e.From, e.Output.Name)), .. draft.Edges.Select(e => (e.To, e.Input.Name))];

    /// <summary>All rhythms; null when something was wrong with one, which has been reported.</summary>
    public RhythmTable? Run()
    {
        var rhythms = new Dictionary<string, Rhythm>();
        foreach (var stage in draft.Stages)
        {
            if (!stage.IsSound)
            {
                findings.Error(CheckCodes.Undetermined, stage.Where, $"Nothing says what options '{stage.Id}' has.", "Give every parameter it uses a default.");
                continue;
            }

            if (known?.Find(stage.Id) is { } rhythm)
            {
                rhythms[stage.Id] = rhythm;
                continue;
            }

            var all = Enumerable.Range(0, stage.Instances.Count).Select(i => Of(stage, types.Pattern(stage, i))).ToList();
            rhythms[stage.Id] = all[0];
            if (all.FindIndex(r => r != all[0]) is var other and > 0)
            {
                findings.Error(
                    CheckCodes.RhythmsDiffer,
                    stage.Where,
                    $"The instances of '{stage.Id}' differ in when they take and send: {stage.Instances[0]} does not work like {stage.Instances[other]}.",
                    "Give them a stage each, or inputs that are alike.");
            }
        }

        return findings.HasErrors ? null : new(rhythms);
    }

    private Rhythm Of(StageDraft stage, FiringPattern pattern)
    {
        var ports = new PortAmounts(stage, port => connected.Contains((stage.Id, port)), findings);
        return new(
            ports.Sent(pattern.Start).Select(n => n ?? 0).ToValues(),
            pattern.Opening.Select(ports.Beat).ToValues(),
            pattern.Cycle.Select(ports.Beat).ToValues(),
            ports.Sent(pattern.IterationEnd).Select(n => n ?? 0).ToValues())
        {
            DecidedAtRunTime = ports.Outputs(pattern.DecidedAtRunTime),
        };
    }
}

/// <summary>The amounts of one stage as numbers, by port.</summary>
internal sealed class PortAmounts(StageDraft stage, Predicate<string> isConnected, Findings findings)
{
    private readonly string[] inputs = [.. stage.Component!.Inputs.Select(p => p.Name)];
    private readonly string[] outputs = [.. stage.Component!.Outputs.Select(p => p.Name)];

    public Beat Beat(Phase phase) => new(
        phase.Repeat.IsVarying ? null : Number(phase.Repeat, "firings"), ByPort(phase.Taken, inputs).Select(n => n ?? 0).ToValues(), Sent(phase.Sent), phase.Group);

    public Values<long?> Sent(Values<PortTokens> tokens) => ByPort(tokens, outputs);

    /// <summary>By output, whether it is one of these; empty where there are none.</summary>
    public Values<bool> Outputs(Values<string> ports)
    {
        var named = new bool[ports.Count == 0 ? 0 : outputs.Length];
        foreach (var port in ports)
        {
            named[Index(port, outputs)] = true;
        }

        return named.ToValues();
    }

    private Values<long?> ByPort(Values<PortTokens> tokens, string[] names)
    {
        var counts = new long?[names.Length];
        Array.Fill(counts, 0);
        foreach (var (port, amount) in tokens)
        {
            counts[Index(port, names)] += amount.IsVarying ? null : isConnected(port) ? Number(amount, $"tokens of '{port}'") : Known(amount) ?? 1;
        }

        return counts.ToValues();
    }

    private int Index(string port, string[] names) => Array.IndexOf(names, port) is >= 0 and var index
        ? index
        : throw new InvalidOperationException($"The signature of '{stage.Component!.Id}' speaks of tokens of '{port}', which is no port on that side.");

    private long Number(Amount amount, string what)
    {
        if (Known(amount) is { } number)
        {
            return number;
        }

        findings.Error(CheckCodes.Undetermined, stage.Where, $"Nothing says how many {what} a cycle of '{stage.Id}' has.", "Connect the input that settles it.");
        return 1;
    }

    private static long? Known(Amount amount) => amount.Term is Constant { Value: var value } && value is int or long
        ? Math.Max(0, Convert.ToInt64(value) + amount.Added)
        : null;
}
