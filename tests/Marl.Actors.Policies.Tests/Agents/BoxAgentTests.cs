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

/// <summary>An agent that acts in a box: its rollouts carry whole vectors, and a saved one goes on bit for bit.</summary>
public class BoxAgentTests
{
    private const int Copies = 3;
    private const int Length = 4;
    private const int Firings = 3 * Length * 2; // steps and, once a rollout, weights; more than enough
    private static readonly Box Observation = new(2);
    private static readonly Box Action = new(2, -1, 3);

    [Fact]
    public void Rollouts_hold_the_actions_that_were_sent()
    {
        using var run = new Run();
        run.Go(from: 0, to: Firings);
        var rollout = run.Sent.First(s => s.Port == AgentPorts.Rollouts).Message;
        Assert.Equal(RolloutMessages.Layout(Length, Copies, Observation, Action, maskActions: 0, finals: 0, isStochastic: false), rollout.Layout);
        Assert.Equal(
            run.Sent.Where(s => s.Port == AgentPorts.Actions).Take(Length).SelectMany(s => s.Message[ActionMessages.Action].ToArray()),
            rollout[RolloutMessages.Action].ToArray());
    }

    [Fact]
    public void A_saved_agent_goes_on_bit_for_bit()
    {
        using var whole = new Run();
        whole.Go(0, Firings);
        for (var cut = 1; cut < Firings; cut++)
        {
            using var first = new Run();
            using var second = new Run();
            first.Go(0, cut);
            var snapshot = new StageSnapshot();
            first.Stage.Save(snapshot);
            second.Stage.Load(snapshot);
            second.Go(cut, Firings, first.Steps);
            Assert.Equal(whole.Sent.Select(Describe), first.Sent.Concat(second.Sent).Select(Describe));
        }
    }

    private static string Describe((int Port, Message Message) sent) => $"{sent.Port} {sent.Message.Stamp} {string.Join(' ', sent.Message.Block.ToArray().Select(BitConverter.SingleToInt32Bits))}";

    private sealed class Run : IOutputs, IDisposable
    {
        private readonly Firing firing = new([1, 1]);
        private readonly PolicySpec policy;

        public Run()
        {
            var term = PolicySpec.ToTerm("team", [8], Activation.Tanh, Term.Of(Observation), Term.Of(Action), PolicyHead.SquashedGaussian);
            policy = PolicySpec.FromTerm(term);
            Stage = SoftAgent.Component.Create(new SoftOptions([8], Activation.Tanh, Rollout: Length, Warmup: 5), new()
            {
                Stage = "team",
                Key = RandomKey.FromSeed(42),
                Iteration = Length,
                Types = new(
                    new Dictionary<string, Values<PortType>>
                    {
                        ["steps"] = [StepMessages.Type(Term.Of(Copies), Term.Of(Observation), Term.Of(Action), Term.Of(false), Term.Of(RewardConvention.PerAgent), Term.Of(true))],
                        ["weights"] = [WeightsMessages.Type(term)],
                    },
                    new Dictionary<string, Values<PortType>>()),
            });
        }

        public IStage Stage { get; }

        public List<(int Port, Message Message)> Sent { get; } = [];

        public int Steps { get; private set; }

        /// <summary>So many firings, of whatever the stage asks for.</summary>
        public void Go(int from, int to, int steps = 0)
        {
            Steps += steps;
            for (var i = from; i < to; i++)
            {
                if (Stage.Needs[AgentPorts.Weights] == 1)
                {
                    Fire(AgentPorts.Weights, Weights((Steps - 1) / Length));
                }
                else
                {
                    Fire(AgentPorts.Steps, Step(Steps++));
                }
            }
        }

        public bool IsRead(int port) => true;

        public void Send(int port, Message message) => Sent.Add((port, message.Seal()));

        public void Send(int port, int peer, Message message) => throw new InvalidOperationException("An agent has no per-instance port.");

        public void Dispose() => Stage.Dispose();

        private void Fire(int port, Message message)
        {
            firing.Add(port, 0, message);
            Stage.Fire(firing, this);
            firing.Release();
        }

        private static Message Step(int time)
        {
            var message = Message.Create(StepMessages.Layout(Copies, new("agent-0", Observation, Action), fixedRoster: true, anyEnded: false), new(time / Length, time % Length));
            AgentBench.Fill(message.Write(StepMessages.Observation), i => MathF.Sin((time * 7) + i));
            AgentBench.Fill(message.Write(StepMessages.Reward), i => (10 * time) + i);
            return message.Seal();
        }

        private Message Weights(int version)
        {
            var message = Message.Create(WeightsMessages.Layout(policy.Network.Parameters), new(version));
            Initialisation.Orthogonal(policy.Network, 1, RandomKey.FromSeed(version)).CopyTo(message.Write(WeightsMessages.Parameters));
            return message.Seal();
        }
    }
}
