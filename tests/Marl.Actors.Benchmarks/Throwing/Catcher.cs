using System.Diagnostics;
using System.Runtime.InteropServices;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Benchmarks.Throwing;

/// <summary>Answers each block with the time at which it came.</summary>
internal static class Catcher
{
    /// <summary>The kind of what is caught.</summary>
    public const string Blocks = "blocks";

    /// <summary>The kind of the answers.</summary>
    public const string Receipts = "receipts";

    private static readonly MessageLayout Receipt = new(Receipts, new Field("caught", [2]));

    /// <summary>The component.</summary>
    public static Component Component { get; } = new()
    {
        Id = "agent/catcher",
        Summary = "Answers each block of floats with the time at which it came; for measuring what messages cost.",
        Options = OptionsSchema.Of<NoOptions>(),
        Inputs = [new("blocks", Blocks, "What is caught.")],
        Outputs = [new("receipts", Receipts, "When it came.", _ => Receipt)],
        Sign = (_, _) => new Signature().In("blocks", PortType.Of(Blocks, ("floats", Term.Var("floats")))).Out("receipts", PortType.Of(Receipts)),
        Create = (_, _) => new Stage(),
    };

    /// <summary>The layout of a block.</summary>
    public static MessageLayout Block(int floats) => new(Blocks, new Field("block", [floats]));

    private sealed class Stage : IStage
    {
        private readonly MessagePool receipts = new(Receipt);

        public Needs Needs { get; } = new(1);

        public void Start(IOutputs outputs)
        {
        }

        public void Fire(Firing firing, IOutputs outputs)
        {
            var receipt = receipts.Rent(firing[0].Stamp);
            MemoryMarshal.Cast<float, long>(receipt.Write(0))[0] = Stopwatch.GetTimestamp();
            outputs.Send(0, receipt);
        }

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
