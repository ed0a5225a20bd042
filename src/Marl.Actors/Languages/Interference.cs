using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Languages;

/// <summary>What is done to a channel to see what it is worth.</summary>
internal enum Interference
{
    /// <summary>Nothing arrives, as with <c>loss: 1</c>.</summary>
    Muted,

    /// <summary>Every listener hears what its namesake hears in another copy of the world: messages as usual, but about something else.</summary>
    Shuffled,
}

/// <summary>A channel that is interfered with; what it charges stays as it is.</summary>
internal sealed class DisturbedChannel(IStage channel, Interference interference, int heard) : IStage
{
    public Needs Needs => channel.Needs;

    /// <summary>The node with its channel disturbed.</summary>
    /// <param name="node">A channel.</param>
    /// <param name="interference">What is done to it.</param>
    /// <param name="heard">Index of its output.</param>
    public static Node Of(Node node, Interference interference, int heard) => node with
    {
        Component = node.Component with
        {
            Create = (options, context) => new DisturbedChannel(node.Component.Create(options, context), interference, heard),
        },
    };

    public void Start(IOutputs outputs) => channel.Start(new Disturbance(outputs, interference, heard));

    public void Fire(Firing firing, IOutputs outputs) => channel.Fire(firing, new Disturbance(outputs, interference, heard));

    public void Save(StageSnapshot snapshot) => channel.Save(snapshot);

    public void Load(StageSnapshot snapshot) => channel.Load(snapshot);

    public void Dispose() => channel.Dispose();

    private sealed class Disturbance(IOutputs outputs, Interference interference, int heard) : IOutputs
    {
        public bool IsRead(int port) => outputs.IsRead(port);

        public void Send(int port, Message message) => outputs.Send(port, message);

        public void Send(int port, int peer, Message message)
        {
            if (port != heard)
            {
                outputs.Send(port, peer, message);
                return;
            }

            var other = Message.Create(message.Layout, message.Stamp);
            for (var field = 0; field < message.Layout.Fields.Count; field++)
            {
                Write(field, message[field], other.Write(field), message.Layout.Fields[field]);
            }

            message.Release();
            outputs.Send(port, peer, other);
        }

        private void Write(int field, ReadOnlySpan<float> source, Span<float> target, Field layout)
        {
            if (field == HeardMessages.Cost)
            {
                source.CopyTo(target);
            }
            else if (interference == Interference.Muted || source.Length == 0)
            {
                target.Clear();
            }
            else
            {
                var row = source.Length / layout.Shape[0];
                source[row..].CopyTo(target);
                source[..row].CopyTo(target[^row..]);
            }
        }
    }
}
