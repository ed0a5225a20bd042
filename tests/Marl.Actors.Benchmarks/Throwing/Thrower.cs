using System.Diagnostics;
using System.Runtime.InteropServices;
using Marl.Actors.Benchmarks.Machines;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Benchmarks.Throwing;

/// <summary>Options of <see cref="Thrower"/>.</summary>
/// <param name="Floats">Of a block.</param>
public sealed record ThrowerOptions([Option("Floats in a block.", Minimum = 2, Maximum = 1 << 24)] int Floats = 4);

/// <summary>
/// A clock that throws a block of floats to every catcher and, when all have said that they have it, the next one. It measures
/// by the monotonic clock, which the processes of a machine share.
/// </summary>
internal static class Thrower
{
    /// <summary>Blocks in an iteration, after which it reports.</summary>
    public const int Rounds = 500;

    private static readonly MessageLayout Figures = MetricMessages.Layout("there", "there-p99", "back", "back-p99");

    /// <summary>The component.</summary>
    public static Component Component { get; } = new()
    {
        Id = "environment/thrower",
        Summary = "Throws blocks of floats and measures how long they take; for measuring what messages cost.",
        Options = OptionsSchema.Of<ThrowerOptions>(),
        Inputs = [new("receipts", Catcher.Receipts, "One from each catcher.", Many: true)],
        Outputs =
        [
            new("blocks", Catcher.Blocks, "The floats; when it was thrown in the first two.", type => Catcher.Block(type.Get<int>("floats"))),
            new("times", MetricMessages.Kind, "Microseconds till the last catcher has it, and till the last receipt is back: median and 99 % quantile.", _ => Figures, Observed: true),
        ],
        IsClock = true,
        Sign = (options, _) => Sign((ThrowerOptions)options),
        Create = (options, context) => new Stage((ThrowerOptions)options, context),
    };

    private static Signature Sign(ThrowerOptions options)
    {
        var round = Phase.Once.Take("receipts").Send("blocks");
        return new Signature()
            .In("receipts", PortType.Of(Catcher.Receipts))
            .Out("blocks", PortType.Of(Catcher.Blocks, ("floats", Term.Of(options.Floats))))
            .Out("times", MetricMessages.Type())
            .Starts("blocks")
            .Fires(round with { Repeat = Rounds - 1 }, round.Send("times"));
    }

    private sealed class Stage(ThrowerOptions options, StageContext context) : IStage, IClock
    {
        private readonly MessagePool blocks = new(Catcher.Block(options.Floats));
        private readonly double[] there = new double[Rounds];
        private readonly double[] back = new double[Rounds];
        private Stamp stamp;
        private long thrown;

        public Needs Needs => VectorSteps >= context.VectorSteps ? Needs.Ended : new(1);

        public long VectorSteps { get; private set; }

        public bool AtBoundary => stamp.Step == 0;

        public void Start(IOutputs outputs) => Throw(outputs);

        public void Fire(Firing firing, IOutputs outputs)
        {
            var (last, round) = (thrown, (int)(VectorSteps++ % Rounds));
            for (var peer = 0; peer < firing.Peers(0); peer++)
            {
                last = Math.Max(last, MemoryMarshal.Cast<float, long>(firing[0, peer][0])[0]);
            }

            (there[round], back[round]) = (Microseconds(thrown, last), Microseconds(thrown, Stopwatch.GetTimestamp()));
            if (round == Rounds - 1)
            {
                Report(outputs);
            }

            stamp = stamp.NextStep(context.Iteration);
            Throw(outputs);
        }

        public void Save(StageSnapshot snapshot) => snapshot.Put<long>("thrower", [VectorSteps, stamp.Update, stamp.Step]);

        public void Load(StageSnapshot snapshot)
        {
            var saved = snapshot.Get<long>("thrower");
            (VectorSteps, stamp) = (saved[0], new((int)saved[1], (int)saved[2]));
        }

        public void Dispose()
        {
        }

        private static double Microseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMicroseconds;

        private void Throw(IOutputs outputs)
        {
            var block = blocks.Rent(stamp);
            thrown = Stopwatch.GetTimestamp();
            MemoryMarshal.Cast<float, long>(block.Write(0))[0] = thrown;
            outputs.Send(0, block);
        }

        private void Report(IOutputs outputs)
        {
            var (far, near) = (Times.Of(there), Times.Of(back));
            var report = Message.Create(Figures, new(stamp.Update));
            float[] figures = [(float)far.Median, (float)far.P99, (float)near.Median, (float)near.P99];
            figures.CopyTo(report.WriteBlock());
            outputs.Send(1, report);
        }
    }
}
