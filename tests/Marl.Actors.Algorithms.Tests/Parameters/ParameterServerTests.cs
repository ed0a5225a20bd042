using Marl.Actors.Algorithms.Parameters;
using Marl.Actors.Algorithms.Tests.Ppo;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;
using Xunit;

namespace Marl.Actors.Algorithms.Tests.Parameters;

/// <summary>Learners of any speed against a server: what they may see, and what they must.</summary>
public sealed class ParameterServerTests
{
    private const int Learners = 3;
    private const int Gradients = 12; // of each

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void With_slack_s_a_learner_at_clock_c_has_seen_everything_up_to_clock_c_minus_s_minus_1(int slack)
    {
        var farthest = 0;
        for (var seed = 1; seed <= 150; seed++)
        {
            var bench = new ServerBench(new(Consistency.Ssp, slack), seed);
            bench.Run((learner, clock, sent) =>
            {
                Assert.All(sent, other => Assert.True(other >= clock - slack, $"seed {seed}: learner {learner} makes gradient {clock}, another has sent {other}."));
                farthest = Math.Max(farthest, clock - sent.Min());
            });
            Assert.Equal(Learners * Gradients, bench.Applied);
        }

        Assert.Equal(slack, farthest); // the bound is reached, and no less is demanded
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Gradients_older_than_the_greatest_lag_are_dropped_and_counted(int maxLag)
    {
        var dropped = 0;
        for (var seed = 1; seed <= 150; seed++)
        {
            var bench = new ServerBench(new(Consistency.Async, MaxLag: maxLag), seed);
            bench.Run((_, _, _) => { });
            Assert.Equal((Learners * Gradients) - bench.TooOld(maxLag), bench.Applied);
            Assert.Equal(bench.TooOld(maxLag), bench.Dropped);
            dropped += bench.Dropped;
        }

        Assert.True(dropped > 0);
    }

    [Fact]
    public void A_server_that_is_saved_and_loaded_goes_on_alike()
    {
        var (whole, parts) = (new ServerBench(new(Consistency.Ssp), 7), new ServerBench(new(Consistency.Ssp), 7));
        whole.Run((_, _, _) => { });
        parts.Run((_, _, _) => parts.Replace());
        Assert.Equal(whole.Last, parts.Last);
        Assert.Equal(whole.Applied, parts.Applied);
    }

    /// <summary>A server, and learners that answer in an order drawn from a seed.</summary>
    private sealed class ServerBench
    {
        private readonly ServerOptions options;
        private readonly StageContext context = Context();
        private readonly List<long> staleness = [];
        private readonly int[] sent = new int[Learners];
        private readonly int?[] version = new int?[Learners]; // of the parameters a learner has and has not used
        private RandomStream random;
        private IStage server;
        private Sent outputs = new();
        private int seen;

        public ServerBench(ServerOptions options, int seed)
        {
            this.options = options;
            random = new RandomKey((ulong)seed).Stream();
            server = ParameterServerComponent.Server.Create(options, context);
        }

        /// <summary>Version of the newest parameters sent: steps done.</summary>
        public int Applied { get; private set; }

        public int Dropped { get; private set; }

        public float[] Last { get; private set; } = [];

        /// <summary>Gradients that were older than so many steps when they came.</summary>
        public int TooOld(int lag) => staleness.Count(s => s > lag);

        public void Replace()
        {
            var snapshot = new StageSnapshot();
            server.Save(snapshot);
            server = ParameterServerComponent.Server.Create(options, context);
            server.Load(snapshot);
        }

        /// <summary>Runs until all have sent all.</summary>
        /// <param name="making">Told before a gradient is made: the learner, its clock, gradients that each has sent and the server has taken.</param>
        public void Run(Action<int, int, int[]> making)
        {
            for (var learner = 0; learner < Learners; learner++)
            {
                Send(learner, default, version: 0, isLast: false);
                version[learner] = 0;
            }

            while (Enumerable.Range(0, Learners).Where(l => version[l] is not null && sent[l] < Gradients).ToArray() is { Length: > 0 } ready)
            {
                var learner = ready[random.NextInt(ready.Length)];
                making(learner, sent[learner], [.. sent]);
                var used = version[learner]!.Value;
                version[learner] = null;
                staleness.Add(Applied - used);
                sent[learner]++;
                Send(learner, new(sent[learner] - 1, 1), used, isLast: true);
            }

            Assert.All(sent, count => Assert.Equal(Gradients, count)); // nobody was left waiting
        }

        private void Send(int learner, Stamp stamp, int version, bool isLast)
        {
            var range = ParameterRange.FromTerm(context.Types.Input("gradients")["range"]);
            var message = Message.Create(GradientMessages.Layout(range.Length), stamp);
            message.Write(GradientMessages.Gradient).Fill(isLast ? learner + 1 : 0);
            ReadOnlySpan<float> origin = [learner, version, isLast ? 1 : 0];
            origin.CopyTo(message.Write(GradientMessages.Origin));
            var firing = new Firing([1]);
            firing.Add(0, 0, message.Seal());
            server.Fire(firing, outputs);
            Take();
        }

        private void Take()
        {
            foreach (var (port, peer, message) in outputs.All.Skip(seen))
            {
                if (port == ParameterServerComponent.Parameters)
                {
                    this.version[peer] = message.Stamp.Update;
                    Applied = Math.Max(Applied, message.Stamp.Update);
                    Last = message[ParameterMessages.Parameters].ToArray();
                }
                else
                {
                    Dropped += (int)message[2][0];
                }
            }

            seen = outputs.All.Count;
        }

        private static StageContext Context()
        {
            var policy = PolicySpec.ToTerm("team", [4], Activation.Tanh, Term.Of(new Box(2)), Term.Of(new Discrete(2)));
            var range = ParameterRange.ToTerm([policy], [4], Activation.Tanh, 0, 1);
            return new()
            {
                Stage = "server",
                Key = new(1),
                VectorSteps = Gradients,
                Types = new(
                    new Dictionary<string, Values<PortType>> { ["gradients"] = [GradientMessages.Type(range)] },
                    new Dictionary<string, Values<PortType>> { ["parameters"] = Enumerable.Range(0, Learners).Select(_ => ParameterMessages.Type(range)).ToValues() }),
            };
        }
    }
}
