using Marl.Actors.Core.Spaces;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary>What the agents of a channel say: all that speakers, the channel and listeners must agree on.</summary>
/// <param name="Speech">One message: a word (discrete), or some numbers (a bounded box).</param>
/// <param name="Rounds">Messages in one vector step, K.</param>
/// <param name="BitsOfNumber">Bits that a number takes where the channel does not round it: 32, or 1 for a bit; 0 for words.</param>
/// <param name="IsAddressed">Each message is for one listener.</param>
/// <param name="Coordinates">Numbers that say where the speaker is; 0 where it does not tell.</param>
public sealed record Utterance(Space Speech, int Rounds, int BitsOfNumber, bool IsAddressed, int Coordinates)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Speech.Match(words => $"{words.Count} words", box => $"{box.Length} {(BitsOfNumber == 1 ? "bits" : "numbers")}")}"
        + $"{(Rounds == 1 ? "" : $", {Rounds} rounds")}{(IsAddressed ? ", addressed" : "")}{(Coordinates == 0 ? "" : ", placed")}";
}
