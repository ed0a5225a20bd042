using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Marl.Actors.Benchmarks.Machines;
using Marl.Actors.Core.Messages;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Benchmarks.Wire;

/// <summary>
/// What our own part of a message's way to another node costs: cut into frames, each frame put into bytes and read again, the
/// parcel joined and acknowledged. Akka and the network come on top of it; copying the floats once is the floor.
/// </summary>
[MemoryDiagnoser]
public class WireCost
{
    private static readonly ConduitKey Key = new(1, 1, 1, 2);

    private readonly Queue<FrameAck> acks = new();
    private readonly Queue<byte[]> frames = new();
    private ConduitSender sender = null!;
    private ConduitReceiver receiver = null!;
    private Message message = null!;
    private float[] target = [];

    /// <summary>Floats of a message.</summary>
    [Params(4, 4_096, 262_144)]
    public int Floats { get; set; }

    /// <summary>Runs it within this process, so that nothing is built.</summary>
    public static int Run()
    {
        Machine.Introduce();
        BenchmarkRunner.Run<WireCost>(DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "marl-benchmarks")));
        return 0;
    }

    [GlobalSetup]
    public void Begin()
    {
        message = Message.Create(new MessageLayout("floats", new Field("floats", [Floats])), new(1));
        target = new float[Floats];
        message.Seal();
        sender = new(Key, ConduitLimits.Standard, frame => frames.Enqueue(WireSerializer.Write(frame)));
        receiver = new(Key, ConduitLimits.Standard, acks.Enqueue);
    }

    [GlobalCleanup]
    public void End() => sender.Dispose();

    [Benchmark(Baseline = true)]
    public void Copy() => message.Block.CopyTo(target);

    [Benchmark]
    public int ThroughTheConduit()
    {
        var arrived = 0;
        sender.Send(new TokenParcel(1, message.Retain()));
        sender.Flush(default);
        while (arrived == 0)
        {
            while (frames.TryDequeue(out var bytes))
            {
                receiver.Accept((Frame)WireSerializer.Read(bytes, "frame"), parcel =>
                {
                    arrived++;
                    ((TokenParcel)parcel).Message.Release();
                });
            }

            receiver.Tick();
            while (acks.TryDequeue(out var ack))
            {
                sender.Acknowledge(ack, default);
            }
        }

        return arrived;
    }
}
