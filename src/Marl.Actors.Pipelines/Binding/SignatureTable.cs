using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>The signature of every instance of every sound stage, with variables scoped to it.</summary>
internal sealed class SignatureTable
{
    private readonly PipelineDraft draft;
    private readonly Dictionary<(string Stage, int Instance), Signature> signatures;

    /// <summary>Asks all stages.</summary>
    /// <param name="draft">The stages and edges.</param>
    /// <param name="known">What some of them have said already.</param>
    public SignatureTable(PipelineDraft draft, SignatureTable? known)
    {
        this.draft = draft;
        signatures = known is null ? [] : new(known.signatures);
        foreach (var stage in draft.Stages.Where(s => s.IsSound && !signatures.ContainsKey((s.Id, 0))))
        {
            for (var instance = 0; instance < stage.Instances.Count; instance++)
            {
                signatures[(stage.Id, instance)] = Sign(stage, instance).With(new Scope($"{stage.Id}#{instance}").Of);
            }
        }
    }

    public Signature this[string stage, int instance] => signatures[(stage, instance)];

    /// <summary>Types the consumer's first instance states for an edge's input: one for all producers, or one for each.</summary>
    public int InputTypes(EdgeDraft edge) => InputOf(edge, 0).Count;

    /// <summary>Types the producer's first instance states for an edge's output: one for all readers, or one for each.</summary>
    public int OutputTypes(EdgeDraft edge) => OutputOf(edge, 0).Count;

    /// <summary>What the consumer takes from a producer of an edge.</summary>
    public PortType Input(EdgeDraft edge, int producer, int consumer)
    {
        var types = InputOf(edge, consumer);
        return types.Count == 1 ? types[0] : types[draft.FirstPeer(edge) + draft.Pairing(edge).Lane(producer, consumer)];
    }

    /// <summary>What the producer sends to a consumer of an edge, before the operators.</summary>
    public PortType Output(EdgeDraft edge, int producer, int consumer)
    {
        var types = OutputOf(edge, producer);
        return types.Count == 1 ? types[0] : types[draft.FirstReader(edge) + draft.Pairing(edge).Reader(producer, consumer)];
    }

    private Values<PortType> InputOf(EdgeDraft edge, int consumer) => this[edge.To, consumer].Inputs.TryGetValue(edge.Input.Name, out var port)
        ? port
        : throw new InvalidOperationException($"The signature of '{draft[edge.To].Component!.Id}' leaves out its input '{edge.Input.Name}'.");

    private Values<PortType> OutputOf(EdgeDraft edge, int producer) => this[edge.From, producer].Outputs.TryGetValue(edge.Output.Name, out var port)
        ? port
        : throw new InvalidOperationException($"The signature of '{draft[edge.From].Component!.Id}' leaves out its output '{edge.Output.Name}'.");

    private Signature Sign(StageDraft stage, int instance)
    {
        var (shard, member) = Math.DivRem(instance, stage.Members.Count);
        return stage.Component!.Sign(
            stage.Options!,
            new(stage.Origin, member, stage.Members, stage.Copies, port => Peers(stage, port), stage.Purpose)
            {
                Shard = stage.Purpose == Purpose.Evaluation ? ShardPlace.Only : draft.Place(stage, shard),
            });
    }

    private int Peers(StageDraft stage, string port)
    {
        if (stage.Component!.Inputs.Any(p => p.Name == port))
        {
            var edges = draft.Into(stage.Id, port).ToList();
            return edges.Any(e => draft.MergeOf(e) == Merge.AsItComes) ? 1 : edges.Sum(draft.Producers);
        }

        return draft.Readers(stage.Id, port);
    }
}
