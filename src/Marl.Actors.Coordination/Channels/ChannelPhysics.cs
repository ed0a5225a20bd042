using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Spaces;

namespace Marl.Actors.Coordination.Channels;

/// <summary>What every channel may do to messages.</summary>
/// <param name="Loss">p.</param>
/// <param name="Delay">Vector steps.</param>
/// <param name="Noise">σ.</param>
/// <param name="Flip">Probability of a flipped bit.</param>
/// <param name="Levels">Quantisation.</param>
/// <param name="Bandwidth">Bits a step.</param>
/// <param name="CostPerBit">Price.</param>
public sealed record ChannelPhysics(
    [Option("Probability that a message is lost on its way to a listener; each listener may lose another. 1 cuts the channel.", Minimum = 0, Maximum = 1)] double Loss = 0,
    [Option("Vector steps between saying and hearing; what was said in an episode before is not heard.", Minimum = 0, Maximum = 1000)] int Delay = 0,
    [Option("Deviation of normal noise on each number, another for each listener.", Minimum = 0, Maximum = 1000)] double Noise = 0,
    [Option("Probability that a bit of a word is flipped; what is no word any more is lost.", Minimum = 0, Maximum = 1)] double Flip = 0,
    [Option("Values a number is rounded to, equally spaced over its bounds; it then takes log2 of them bits. 0 for none.", Minimum = 0, Maximum = 1_000_000)] int Levels = 0,
    [Option("Bits a speaker may say in a vector step, in equal parts for its rounds: of a message of numbers the first that fit pass, the others arrive as 0. 0 for no limit.", Minimum = 0, Maximum = 1e9)] double Bandwidth = 0,
    [Option("What each bit said costs its speaker, taken from the reward it learns from.", Minimum = 0, Maximum = 1e6)] double CostPerBit = 0)
{
    /// <summary>The part that is the same for every message.</summary>
    /// <param name="keepsMessages">The medium itself keeps messages.</param>
    internal Passage Passage(bool keepsMessages) => new(Bandwidth, Levels, Noise > 0, keepsMessages || Delay > 0, CostPerBit > 0);

    /// <summary>What can't stand together.</summary>
    internal IEnumerable<(string Option, string Sentence)> Conflicts()
    {
        if (Levels == 1)
        {
            yield return ("levels", "A single level says nothing; there must be two, or 0 for none.");
        }
    }

    /// <summary>Whether it goes with what is said: noise and levels are for numbers, flipped bits for words.</summary>
    internal bool Suits(object utterance) => utterance is not Utterance said || (said.Speech is Discrete ? Noise == 0 && Levels == 0 : Flip == 0);

    /// <summary>Whether anything of a message passes.</summary>
    internal bool Lets(object utterance) => utterance is not Utterance said || Passage(false).Numbers(said) > 0;
}
