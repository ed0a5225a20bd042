using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Languages;

/// <summary>A stage whose ports are listened to: all it takes and sends goes on a tape. It does what it would do without.</summary>
internal sealed class TapedStage(IStage stage, Tape tape, IReadOnlyList<int> ports) : IStage
{
    public Needs Needs => stage.Needs;

    /// <summary>The node with its instances taped.</summary>
    /// <param name="node">A stage of the graph.</param>
    /// <param name="tapes">To fill when the stages are made, by instance.</param>
    /// <param name="ports">The inputs that are of interest; of outputs all are.</param>
    public static Node Of(Node node, Tape[] tapes, IReadOnlyList<int> ports) => node with
    {
        Component = node.Component with
        {
            Create = (options, context) => new TapedStage(node.Component.Create(options, context), tapes[context.Instance], ports),
        },
    };

    public void Start(IOutputs outputs) => stage.Start(new Microphone(outputs, tape));

    public void Fire(Firing firing, IOutputs outputs)
    {
        foreach (var port in ports)
        {
            for (var peer = 0; peer < firing.Peers(port); peer++)
            {
                for (var k = 0; k < firing.Count(port, peer); k++)
                {
                    tape.Take(port, peer, firing[port, peer, k]);
                }
            }
        }

        stage.Fire(firing, new Microphone(outputs, tape));
    }

    public void Save(StageSnapshot snapshot) => stage.Save(snapshot);

    public void Load(StageSnapshot snapshot) => stage.Load(snapshot);

    public void Dispose() => stage.Dispose();

    private sealed class Microphone(IOutputs outputs, Tape tape) : IOutputs
    {
        public bool IsRead(int port) => outputs.IsRead(port);

        public void Send(int port, Message message)
        {
            tape.Send(port, -1, message);
            outputs.Send(port, message);
        }

        public void Send(int port, int peer, Message message)
        {
            tape.Send(port, peer, message);
            outputs.Send(port, peer, message);
        }
    }
}
