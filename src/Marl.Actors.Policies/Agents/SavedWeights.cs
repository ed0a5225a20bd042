using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Agents;

/// <summary>
/// <c>weights/saved</c>: stands in for a learner where saved policies are measured or shown. It has no options: programs
/// construct it with the parameters, by policy group. Each reader gets one token; then the stage has ended.
/// </summary>
public static class SavedWeights
{
    /// <summary>Index of the output <c>weights</c>.</summary>
    public const int Weights = 0;

    /// <summary>The catalog entry that plays the given parameters.</summary>
    /// <param name="policies">Flat parameter vectors, by policy group (<see cref="PolicySpec.Group"/>).</param>
    public static Component Component(IReadOnlyDictionary<string, float[]> policies) => new()
    {
        Id = "weights/saved",
        Summary = "Gives each agent the saved parameters of its policy, once.",
        Options = OptionsSchema.Of<NoOptions>(),
        Outputs = [new("weights", WeightsMessages.Kind, "The parameters of each reader's policy.", PolicySpec.Weights, Distribution.PerInstance)],
        Sign = (_, context) => new Signature()
            .Out("weights", Enumerable.Range(0, Math.Max(1, context.Peers("weights"))).Select(peer => WeightsMessages.Type(Term.Var($"policy-{peer}"))).ToValues())
            .Starts("weights").Fires(),
        Create = (_, context) => new SavedWeightsStage(policies, context),
    };

    /// <summary>Whether saved parameters are there, and of the right length, for each policy an experiment expects.</summary>
    /// <param name="policies">Flat parameter vectors, by policy group.</param>
    /// <param name="expected">The policies of the agents.</param>
    /// <param name="file">The file the parameters come from, for the diagnostics.</param>
    /// <returns>One MARL3209 for each policy that is missing or does not fit; empty when all fit.</returns>
    public static Values<Diagnostic> Check(IReadOnlyDictionary<string, float[]> policies, IEnumerable<PolicySpec> expected, string file) =>
        expected.DistinctBy(p => p.Group).SelectMany(p => Misfit(policies, p) is { } sentence
            ? [new Diagnostic("MARL3209", SourceSpan.Whole(file), sentence, "Evaluate the policies with the pipeline they were trained with.")]
            : Array.Empty<Diagnostic>()).ToValues();

    internal static string? Misfit(IReadOnlyDictionary<string, float[]> policies, PolicySpec expected) =>
        !policies.TryGetValue(expected.Group, out var parameters)
            ? $"There are no saved parameters for policy '{expected.Group}', only for {string.Join(", ", policies.Keys.Order(StringComparer.Ordinal).Select(k => $"'{k}'"))}."
            : parameters.Length != expected.Parameters
                ? $"The saved policy '{expected.Group}' has {parameters.Length} parameters; the pipeline's has {expected.Parameters}."
                : null;
}

/// <summary>The stage of <see cref="SavedWeights"/>: everything happens at the start.</summary>
internal sealed class SavedWeightsStage : IStage
{
    private readonly PolicySpec[] readers;
    private readonly IReadOnlyDictionary<string, float[]> policies;

    public SavedWeightsStage(IReadOnlyDictionary<string, float[]> policies, StageContext context)
    {
        this.policies = policies;
        readers = [.. context.Types.Outputs["weights"].Select(type => PolicySpec.FromTerm(type["policy"]))];
        if (readers.Select(r => SavedWeights.Misfit(policies, r)).FirstOrDefault(m => m is not null) is { } misfit)
        {
            throw new InvalidOperationException(misfit);
        }
    }

    public Needs Needs => Needs.Ended;

    public void Start(IOutputs outputs)
    {
        for (var peer = 0; peer < readers.Length; peer++)
        {
            var parameters = policies[readers[peer].Group];
            var message = Message.Create(WeightsMessages.Layout(parameters.Length), new(0));
            parameters.CopyTo(message.Write(WeightsMessages.Parameters));
            outputs.Send(SavedWeights.Weights, peer, message);
        }
    }

    public void Fire(Firing firing, IOutputs outputs) => throw new InvalidOperationException("A stage that has ended was fired.");

    public void Save(StageSnapshot snapshot)
    {
    }

    public void Load(StageSnapshot snapshot)
    {
    }

    public void Dispose()
    {
    }
}
