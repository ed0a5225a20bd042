using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Policies.Networks;
using Marl.Actors.Policies.Talking;

namespace Marl.Actors.Languages;

/// <summary>An evaluating graph with tapes at its channels and at the agents that talk over them.</summary>
internal sealed class Recording : IDisposable
{
    private const string Said = "said";
    private const string Heard = "heard";

    private readonly Graph graph;
    private readonly Dictionary<string, Tape[]> tapes = [];

    /// <param name="graph">With saved weights.</param>
    public Recording(Graph graph)
    {
        this.graph = graph;
        Channels = [.. graph.Nodes.Where(n => n.Component.InputIndex(Said) >= 0 && n.Component.OutputIndex(Heard) >= 0)];
        foreach (var node in graph.Nodes.Where(n => Channels.Contains(n) || IsTalker(n)))
        {
            tapes.Add(node.Id, [.. node.Instances.Select(_ => new Tape())]);
        }

        Taped = graph with { Nodes = graph.Nodes.Select(Listen).ToValues() };
    }

    /// <summary>The channels.</summary>
    public IReadOnlyList<Node> Channels { get; }

    /// <summary>The graph to run.</summary>
    public Graph Taped { get; }

    /// <summary>Why there is nothing to hear.</summary>
    /// <param name="file">What it is about.</param>
    public Diagnostic? Problem(string file) =>
        Channels.Count == 0
            ? new(LanguageCodes.NoChannel, SourceSpan.Whole(file), $"Pipeline '{graph.Name}' has no channel: its agents do not talk.", "Name a run of a pipeline with a channel, as rial-lewis.")
            : Conversations([], n => n.Id).Any(c => c.Pairs.Any())
                ? null
                : new(LanguageCodes.NoLinks, SourceSpan.Whole(file), $"On the channel '{Channels[0].Id}' no agent speaks to another one that listens.", $"Let agents of {CommunicatingAgent.Component.Id} talk over it.");

    /// <summary>What was said, channel by channel.</summary>
    /// <param name="lengths">Steps of each copy's first episode.</param>
    /// <param name="name">Of a channel.</param>
    public IReadOnlyList<Conversation> Conversations(int[] lengths, Func<Node, string> name)
    {
        var found = new List<Conversation>();
        foreach (var channel in Channels.Where(c => c.Types[0].Peers(Said) > 0))
        {
            var type = channel.Types[0].Output(Heard);
            found.Add(new(
                Channels.Count > 1 ? name(channel) : "", type.Get<Utterance>("utterance"), type.Get<Passage>("passage"), Talkers(channel).ToDictionary(t => t.Seat),
                tapes[channel.Id][0], channel.Component.InputIndex(Said), lengths));
        }

        return found;
    }

    public void Dispose()
    {
        foreach (var tape in tapes.Values.SelectMany(t => t))
        {
            tape.Dispose();
        }
    }

    private static bool IsTalker(Node node) => node.Component.Id == CommunicatingAgent.Component.Id;

    private Node Listen(Node node) => !tapes.TryGetValue(node.Id, out var own)
        ? node
        : TapedStage.Of(node, own, IsTalker(node) ? Talker.Ports : [node.Component.InputIndex(Said)]);

    private IEnumerable<Talker> Talkers(Node channel) =>
        from node in graph.Nodes
        where IsTalker(node) && graph.Edges.Any(e => e.From == channel.Id && e.To == node.Id && e.Input == Heard)
        let options = (CommunicatingOptions)node.Options
        from instance in Enumerable.Range(0, node.Instances.Count)
        let types = node.Types[instance]
        select new Talker(
            node.Instances[instance],
            types.Input(Heard).Get<int>("seat"),
            options,
            PolicySpec.FromTerm(types.Input("weights")["policy"]),
            options.Sharing.Place(node.Members, instance % node.Members.Count).Place,
            tapes[node.Id][instance]);
}
