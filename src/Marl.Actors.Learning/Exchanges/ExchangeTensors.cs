using static TorchSharp.torch;

namespace Marl.Actors.Learning.Exchanges;

/// <summary>
/// What agents that share a policy saw, and what the channel did to what they heard, in R rows (steps of copies); n agents of the
/// group, N speakers, M numbers of a message. By round where it says "each".
/// </summary>
/// <param name="Observations">[R, n, inputs].</param>
/// <param name="Gain">Each [R, n, N]: how strong a speaker's message came, 0 where none did.</param>
/// <param name="BitNoise">Each [R, n, M]: what an agent added to its own bits; null without bits.</param>
/// <param name="Words">Each [R, n, N · words]: the words that came; null without words.</param>
/// <param name="Noise">Each [R, n, N, M]: what the channel added; null of one without noise.</param>
/// <param name="Kept">Where messages come late; null where they don't.</param>
public sealed record ExchangeTensors(Tensor Observations, Tensor[] Gain, Tensor[]? BitNoise, Tensor[]? Words, Tensor[]? Noise, KeptTensors? Kept);

/// <summary>Which message a listener heard, where that may be an earlier one.</summary>
/// <param name="Source">Each [R · n · N]: its place among [R · N] messages of these rows.</param>
/// <param name="IsKnown">Each [R, n, N, 1]: true where it is one of these rows'.</param>
/// <param name="Heard">Each [R, n, N, M]: what came, noise included, for the others.</param>
public sealed record KeptTensors(Tensor[] Source, Tensor[] IsKnown, Tensor[] Heard);

/// <summary>What the agents chose, and how good it was: R rows of n agents.</summary>
/// <param name="Actions">[R, n], whole numbers.</param>
/// <param name="Mask">[R, n, actions], true where allowed; null where all are.</param>
/// <param name="Words">Each [R, n], whole numbers; null without words.</param>
/// <param name="Spoke">Each [R, n]: 1 where it spoke, 0 where it chose to be silent, −1 where it had no say.</param>
/// <param name="Address">Each [R, n], whole numbers; null of messages to all.</param>
/// <param name="Others">[1, n, N], true for all but the agent itself; null of messages to all.</param>
/// <param name="LogProbabilities">[R, n]: ln p of all that was chosen, when it was.</param>
/// <param name="Advantages">[R, n].</param>
/// <param name="Weights">[R, n]: what a row weighs in the mean; 0 where there is nothing to learn from.</param>
public sealed record ExchangeChoices(
    Tensor Actions, Tensor? Mask, Tensor[]? Words, Tensor[] Spoke, Tensor[]? Address, Tensor? Others, Tensor LogProbabilities, Tensor Advantages, Tensor Weights);

/// <summary>What a policy says of its group's rows.</summary>
/// <param name="Logits">[R, n, actions].</param>
/// <param name="Speech">Each [R, n, outputs of a message], before they are squashed.</param>
/// <param name="Gate">Each [R, n, 2]; null without.</param>
/// <param name="Address">Each [R, n, N]; null without.</param>
/// <param name="Attention">Each [R, n, N]: whom they listened to; null without.</param>
public sealed record ExchangeOutputs(Tensor Logits, Tensor[] Speech, Tensor[]? Gate, Tensor[]? Address, Tensor[]? Attention);
