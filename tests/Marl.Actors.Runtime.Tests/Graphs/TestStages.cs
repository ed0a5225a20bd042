using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Runtime.Tests.Graphs;

/// <summary>Small components that exercise the runtime: numbers flow round a loop of a clock and workers, a sum listens.</summary>
internal static class TestStages
{
    public const string Kind = "number";
    public const int PerIteration = 5;

    private static readonly MessageLayout Layout = new(Kind, new Field("value", [1]));

    public static PortType Type { get; } = PortType.Of(Kind);

    /// <summary>Sends a number to each worker, takes their answers, adds them up.</summary>
    public static Component Clock { get; } = Of("environment/counter", [Port("answers")], [Out("questions", Distribution.PerInstance)], c => new CounterStage(c), clock: true);

    /// <summary>Answers with a multiple of the question; reports the sum of five questions.</summary>
    public static Component Worker { get; } = Of("agent/worker", [Port("questions")], [Out("answers"), Out("reports")], c => new WorkerStage(c));

    /// <summary>Adds up reports of all workers and shows the sum.</summary>
    public static Component Sum { get; } = Of("algorithm/sum", [Port("reports")], [Out("sums") with { Observed = true }], _ => new SumStage(), compute: true);

    /// <summary>Throws at the third report.</summary>
    public static Component Bomb { get; } = Sum with { Id = "algorithm/bomb", Create = (_, _) => new SumStage { ExplodesAt = 3 } };

    /// <summary>Takes three reports of each worker at a time: more than a narrow edge holds.</summary>
    public static Component Trio { get; } = Sum with { Id = "algorithm/trio", Create = (_, _) => new SumStage { Takes = 3 } };

    /// <summary>Adds up slowly, and remembers how far the workers had run ahead of it.</summary>
    public static Component Slow { get; } = Sum with { Id = "algorithm/slow", Create = (_, _) => new SumStage { IsSlow = true } };

    /// <summary>The most reports one worker had sent beyond those the slow sum had taken.</summary>
    public static int GreatestLead { get; private set; }

    /// <summary>Passes numbers on and never speaks first.</summary>
    public static Component Relay { get; } = Of("agent/relay", [Port("numbers")], [Out("numbers")], _ => new RelayStage());

    public static Message Number(Stamp stamp, float value)
    {
        var message = Message.Create(Layout, stamp);
        message.Write(0)[0] = value;
        return message;
    }

    private static InputPort Port(string name) => new(name, Kind, "Numbers.");

    private static OutputPort Out(string name, Distribution distribution = Distribution.Broadcast) => new(name, Kind, "Numbers.", _ => Layout, distribution);

    private static Component Of(
        string id, Values<InputPort> inputs, Values<OutputPort> outputs, Func<StageContext, IStage> create, bool clock = false, bool compute = false) => new()
        {
            Id = id,
            Summary = "A test.",
            Options = OptionsSchema.Of<NoOptions>(),
            Inputs = inputs,
            Outputs = outputs,
            IsClock = clock,
            IsCompute = compute,
            Sign = (_, _) => new Signature(),
            Create = (_, context) => create(context),
        };

    private sealed class CounterStage(StageContext context) : IStage, IClock
    {
        private readonly MessagePool pool = new(Layout);
        private double total;
        private Stamp stamp;

        public Needs Needs => VectorSteps >= context.VectorSteps ? Needs.Ended : new(1);

        public long VectorSteps { get; private set; }

        public bool AtBoundary => stamp.Step == 0;

        public void Start(IOutputs outputs) => Ask(outputs);

        public void Fire(Firing firing, IOutputs outputs)
        {
            for (var peer = 0; peer < firing.Peers(0); peer++)
            {
                total = (total * 0.5) + firing[0, peer][0][0];
            }

            VectorSteps++;
            stamp = stamp.NextStep(context.Iteration);
            Ask(outputs);
        }

        public void Save(StageSnapshot snapshot) => snapshot.Put<double>("counter", [total, VectorSteps, stamp.Update, stamp.Step]);

        public void Load(StageSnapshot snapshot)
        {
            var saved = snapshot.Get<double>("counter");
            (total, VectorSteps, stamp) = (saved[0], (long)saved[1], new((int)saved[2], (int)saved[3]));
        }

        public void Dispose()
        {
        }

        private void Ask(IOutputs outputs)
        {
            for (var peer = 0; peer < context.Types.Peers("answers"); peer++)
            {
                var message = pool.Rent(stamp);
                message.Write(0)[0] = (float)(total + peer);
                outputs.Send(0, peer, message);
            }
        }
    }

    private sealed class WorkerStage(StageContext context) : IStage
    {
        private readonly float[] sum = new float[2];

        /// <summary>Reports sent, by instance.</summary>
        public static int[] Reports { get; } = new int[3];

        public Needs Needs { get; } = new(1);

        public void Start(IOutputs outputs) => Reports[context.Instance] = 0;

        public void Fire(Firing firing, IOutputs outputs)
        {
            var question = firing[0];
            var noise = context.Key.Derive(question.Stamp).Stream().NextSingle();
            outputs.Send(0, Number(question.Stamp, (question[0][0] * 0.1f) + noise));
            sum[0] += question[0][0];
            if (++sum[1] == PerIteration)
            {
                Interlocked.Increment(ref Reports[context.Instance]);
                outputs.Send(1, Number(new(question.Stamp.Update), sum[0]));
                Array.Clear(sum);
            }
        }

        public void Save(StageSnapshot snapshot) => snapshot.Put<float>("worker", sum);

        public void Load(StageSnapshot snapshot) => snapshot.GetInto<float>("worker", sum);

        public void Dispose()
        {
        }
    }

    private sealed class SumStage : IStage
    {
        private double total;
        private int count;

        public int ExplodesAt { get; init; } = int.MaxValue;

        public int Takes { get; init; } = 1;

        public bool IsSlow { get; init; }

        public Needs Needs => new(Takes);

        public void Start(IOutputs outputs)
        {
        }

        public void Fire(Firing firing, IOutputs outputs)
        {
            if (++count == ExplodesAt)
            {
                throw new ArgumentException("The sum is too large for this stage.");
            }

            if (IsSlow)
            {
                Thread.Sleep(5);
                GreatestLead = Math.Max(count == 1 ? 0 : GreatestLead, WorkerStage.Reports[0] - (count - 1));
            }

            for (var peer = 0; peer < firing.Peers(0); peer++)
            {
                for (var k = 0; k < Takes; k++)
                {
                    total += firing[0, peer, k][0][0];
                }
            }

            outputs.Send(0, Number(firing[0].Stamp, (float)total));
        }

        public void Save(StageSnapshot snapshot) => snapshot.Put<double>("sum", [total, count]);

        public void Load(StageSnapshot snapshot) => (total, count) = (snapshot.Get<double>("sum")[0], (int)snapshot.Get<double>("sum")[1]);

        public void Dispose()
        {
        }
    }

    private sealed class RelayStage : IStage
    {
        public Needs Needs { get; } = new(1);

        public void Start(IOutputs outputs)
        {
        }

        public void Fire(Firing firing, IOutputs outputs) => outputs.Send(0, firing[0].Retain());

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
}
