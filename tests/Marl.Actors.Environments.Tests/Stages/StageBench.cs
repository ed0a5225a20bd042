using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Tests.Stages;

/// <summary>Drives one world stage by hand, as a runtime would, and keeps what it sends.</summary>
internal sealed class StageBench : IOutputs, IDisposable
{
    private readonly Firing firing;
    private readonly bool stateIsRead;

    public StageBench(Component component, object options, int copies, StageContext? context = null, bool stateIsRead = true)
    {
        this.stateIsRead = stateIsRead;
        context ??= Context(copies);
        var agents = component.Domains(options)["agents"].Count;
        Stage = component.Create(options, context with { Copies = copies });
        firing = new([agents]);
        Sent = [.. Enumerable.Range(0, 4).Select(_ => new List<(int Peer, Message Message)>())];
        (Agents, Copies) = (agents, copies);
    }

    public IStage Stage { get; }

    public int Agents { get; }

    public int Copies { get; }

    /// <summary>What was sent since the last <see cref="Clear"/>, by port.</summary>
    public List<(int Peer, Message Message)>[] Sent { get; }

    public static StageContext Context(int iteration = 4, Purpose purpose = Purpose.Training, long vectorSteps = long.MaxValue) => new()
    {
        Stage = "world",
        Key = RandomKey.FromSeed(3),
        Iteration = iteration,
        Purpose = purpose,
        VectorSteps = vectorSteps,
        Types = new(new Dictionary<string, Core.Results.Values<Core.Types.PortType>>(), new Dictionary<string, Core.Results.Values<Core.Types.PortType>>()),
    };

    /// <summary>Fires with a discrete action for each agent, the same in all copies; null for an absent one.</summary>
    public void Fire(params int?[] actions)
    {
        for (var agent = 0; agent < Agents; agent++)
        {
            firing.Add(WorldComponent.Actions, agent, Token(actions[agent]));
        }

        Stage.Fire(firing, this);
        firing.Release();
    }

    public Message Step(int agent) => Sent[WorldComponent.Steps].Last(s => s.Peer == agent).Message;

    public Message Last(int port) => Sent[port][^1].Message;

    public void Clear()
    {
        foreach (var port in Sent)
        {
            port.ForEach(s => s.Message.Release());
            port.Clear();
        }
    }

    public bool IsRead(int port) => port != WorldComponent.State || stateIsRead;

    public void Send(int port, Message message) => Send(port, -1, message);

    public void Send(int port, int peer, Message message) => Sent[port].Add((peer, message.Seal()));

    public void Dispose() => Stage.Dispose();

    private Message Token(int? action)
    {
        if (action is null)
        {
            return Message.Absent(default);
        }

        var message = Message.Create(ActionMessages.Layout(Copies, new Discrete(3)), default);
        message.Write(ActionMessages.Action).Fill(action.Value);
        return message.Seal();
    }
}
