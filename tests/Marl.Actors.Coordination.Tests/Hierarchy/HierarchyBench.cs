using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Coordination.Tests.Hierarchy;

/// <summary>Fires one stage by hand and keeps what it sends, in order.</summary>
internal sealed class HierarchyBench(IStage stage, params int[] peers) : IOutputs
{
    private readonly Firing firing = new(peers);

    public List<(int Port, int Peer, Message Message)> Sent { get; } = [];

    public static StageContext Context(Purpose purpose, Dictionary<string, Values<PortType>> inputs) => new()
    {
        Stage = "stage",
        Key = RandomKey.FromSeed(1),
        Purpose = purpose,
        Types = new(inputs, new Dictionary<string, Values<PortType>>()),
    };

    public static PortType Steps(int copies, int width) => StepMessages.Type(
        Term.Of(copies), Term.Of(new Box(width)), Term.Of(new Discrete(2)), Term.Of(false), Term.Of(RewardConvention.PerAgent), Term.Of(true));

    /// <summary>A step of one or more copies.</summary>
    public static Message Step(Stamp stamp, float[] observation, float[] reward, float[]? truncated = null, float[]? finals = null)
    {
        var (copies, width) = (reward.Length, observation.Length / reward.Length);
        var message = Message.Create(StepMessages.Layout(copies, new("", new Box(width), new Discrete(2)), fixedRoster: true, anyEnded: finals is not null), stamp);
        observation.CopyTo(message.Write(StepMessages.Observation));
        reward.CopyTo(message.Write(StepMessages.Reward));
        (truncated ?? new float[copies]).CopyTo(message.Write(StepMessages.Truncated));
        finals?.CopyTo(message.Write(StepMessages.FinalObservation));
        return message.Seal();
    }

    public static Message Goal(Stamp stamp, params float[] goal)
    {
        var message = Message.Create(GoalMessages.Layout(goal.Length / 2), stamp);
        goal.CopyTo(message.Write(GoalMessages.Goal));
        return message.Seal();
    }

    public static Message Choice(Stamp stamp, params float[] actions)
    {
        var message = Message.Create(ActionMessages.Layout(actions.Length, new Discrete(24)), stamp);
        actions.CopyTo(message.Write(ActionMessages.Action));
        return message.Seal();
    }

    /// <summary>Fires with one token for each producer of a port.</summary>
    public void Fire(params (int Port, Message[] Tokens)[] taken)
    {
        foreach (var (port, tokens) in taken)
        {
            for (var lane = 0; lane < tokens.Length; lane++)
            {
                firing.Add(port, lane, tokens[lane]);
            }
        }

        stage.Fire(firing, this);
        firing.Release();
    }

    public bool IsRead(int port) => true;

    public void Send(int port, Message message) => Send(port, -1, message);

    public void Send(int port, int peer, Message message) => Sent.Add((port, peer, message.Seal()));

    public Message Last(int port, int peer = -1) => Sent.Last(s => s.Port == port && s.Peer == peer).Message;
}
