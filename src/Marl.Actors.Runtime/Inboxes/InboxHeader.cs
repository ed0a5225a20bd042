using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>What a recorded inbox says about itself.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="StopSteps">Environment steps of the experiment as it was run; schedules of the learning rate depend on them.</param>
/// <param name="From">Environment steps done when the recording began: 0, or those of the checkpoint the run went on from.</param>
/// <param name="Cell">The stage instance: <c>learner</c>, <c>team/agent-0</c>.</param>
/// <param name="Stage">What the stage was made from, a line a fact.</param>
/// <param name="Lanes">Producers of each input port.</param>
/// <param name="Profile">Where the bits were made, as <see cref="Core.Traces.NumericProfile"/> says it.</param>
public sealed record InboxHeader(string Pipeline, long StopSteps, long From, string Cell, string Stage, Values<int> Lanes, string Profile)
{
    internal static ReadOnlySpan<byte> Magic => "MARLINBX"u8;

    internal const int Version = 1;

    internal const int HashLength = 32;

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(Pipeline);
        writer.Write(StopSteps);
        writer.Write(From);
        writer.Write(Cell);
        writer.Write(Stage);
        writer.Write7BitEncodedInt(Lanes.Count);
        foreach (var lanes in Lanes)
        {
            writer.Write7BitEncodedInt(lanes);
        }

        writer.Write(Profile);
    }

    /// <summary>What follows magic and version.</summary>
    internal static InboxHeader Read(InboxBytes bytes) => new(
        bytes.Text(), bytes.Long(), bytes.Long(), bytes.Text(), bytes.Text(), Enumerable.Range(0, bytes.Count()).Select(_ => bytes.Small()).ToValues(), bytes.Text());
}
