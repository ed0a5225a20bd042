using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Tests.Agents;

/// <summary>An actor-critic stage and all it needs to be driven by hand: a made-up world, weights, and a record of what it sends.</summary>
internal sealed class AgentBench : IOutputs, IDisposable
{
    public const int Length = 3;
    public const int Copies = 2;
    public const int Width = 2;
    public const int ActionCount = 4;

    private readonly Firing firing = new([1, 1]);
    private readonly bool isTraining;
    private readonly bool hasMask;
    private readonly bool fixedRoster;
    private readonly PolicySpec policy;

    public AgentBench(bool isTraining = true, bool greedy = false, bool hasMask = true, int copies = Copies, bool fixedRoster = true, int memory = 0)
    {
        this.isTraining = isTraining;
        this.hasMask = hasMask;
        this.fixedRoster = fixedRoster;
        CopyCount = copies;
        Spec = new("agent-0", new Box(Width), new Discrete(ActionCount), hasMask);
        policy = new("team", new(Width, [8], ActionCount, Activation.Tanh, memory), new Box(Width), new Discrete(ActionCount));
        var options = new ActorCriticOptions([8], Activation.Tanh, memory, Rollout: Length);
        Stage = (PolicyStage)ActorCriticAgent.Component.Create(options, Context(greedy));
    }

    public AgentSpec Spec { get; }

    public int CopyCount { get; }

    public PolicyStage Stage { get; }

    /// <summary>What was sent, in order: the port and the message.</summary>
    public List<(int Port, Message Message)> Sent { get; } = [];

    /// <summary>Release what is sent, as a reader would, and keep no record.</summary>
    public bool Forget { get; set; }

    public bool IsRead(int port) => port == AgentPorts.Actions || isTraining;

    public void Send(int port, Message message)
    {
        message.Seal();
        if (Forget)
        {
            message.Release();
        }
        else
        {
            Sent.Add((port, message));
        }
    }

    public void Send(int port, int peer, Message message) => throw new InvalidOperationException("An agent has no per-instance port.");

    /// <summary>Gives the stage one step token and, when it asks, one weights token; all numbers are functions of the place.</summary>
    public void Step(Stamp stamp, int[]? ended = null, int version = -1)
    {
        Fire(AgentPorts.Steps, StepMessage(stamp, ended ?? []));
        if (Stage.Needs[AgentPorts.Weights] == 1)
        {
            Fire(AgentPorts.Weights, WeightsMessage(version < 0 ? stamp.Update : version));
        }
    }

    public void Fire(int port, Message message)
    {
        Assert.Equal(1, Stage.Needs[port]);
        Assert.Equal(0, Stage.Needs[1 - port]);
        firing.Add(port, 0, message);
        Stage.Fire(firing, this);
        firing.Release();
    }

    public Message StepMessage(Stamp stamp, int[] ended)
    {
        var message = Message.Create(StepMessages.Layout(CopyCount, Spec, fixedRoster, anyEnded: ended.Length > 0), stamp);
        var time = (stamp.Update * 100) + stamp.Step;
        Fill(message.Write(StepMessages.Observation), i => MathF.Sin((time * 7) + i));
        Fill(message.Write(StepMessages.Reward), i => (10 * time) + i);
        Fill(message.Write(StepMessages.Terminated), i => ended.Contains(i) && i % 2 == 0 ? 1 : 0);
        Fill(message.Write(StepMessages.Truncated), i => ended.Contains(i) && i % 2 == 1 ? 1 : 0);
        Fill(message.Write(StepMessages.Mask), i => i % ActionCount == time % ActionCount ? 0 : 1);
        Fill(message.Write(StepMessages.Active), i => (time + i) % 2);
        Fill(message.Write(StepMessages.FinalObservation), i => 1000 + time + (0.125f * i));
        return message.Seal();
    }

    public Message WeightsMessage(int version)
    {
        var message = Message.Create(WeightsMessages.Layout(policy.Network.Parameters), new(version));
        Parameters(version).CopyTo(message.Write(WeightsMessages.Parameters));
        return message.Seal();
    }

    public float[] Parameters(int version) => Initialisation.Orthogonal(policy.Network, 3, RandomKey.FromSeed(version));

    public void Dispose() => Stage.Dispose();

    public static void Fill(Span<float> target, Func<int, float> value)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = value(i);
        }
    }

    private StageContext Context(bool greedy)
    {
        var term = PolicySpec.ToTerm("team", [8], Activation.Tanh, Term.Of(Spec.Observation), Term.Of(Spec.Action), memory: policy.Network.Memory);
        var steps = StepMessages.Type(
            Term.Of(CopyCount), Term.Of(Spec.Observation), Term.Of(Spec.Action), Term.Of(hasMask), Term.Of(RewardConvention.PerAgent), Term.Of(fixedRoster));
        return new()
        {
            Stage = "team",
            Names = ["agent-0"],
            Key = RandomKey.FromSeed(42),
            Purpose = isTraining ? Purpose.Training : Purpose.Evaluation,
            Iteration = Length,
            Greedy = greedy,
            Types = new(
                new Dictionary<string, Values<PortType>> { ["steps"] = [steps], ["weights"] = [WeightsMessages.Type(term)] },
                new Dictionary<string, Values<PortType>>()),
        };
    }
}
