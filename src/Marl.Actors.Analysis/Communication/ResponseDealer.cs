using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Analysis.Communication;

/// <summary>Deals the tries of each context out to the messages anew: answers as of a listener that does not hear which it was.</summary>
internal sealed class ResponseDealer(Responses responses, RandomKey key)
{
    private readonly int[] dealt = new int[responses.Counts.Length];
    private readonly int[] tries = new int[responses.Messages * responses.Tries];
    private RandomStream random = key.Stream();

    /// <summary>Counts as in <see cref="Responses.Counts"/>; the next call overwrites them.</summary>
    public int[] Deal()
    {
        Array.Clear(dealt);
        var block = responses.Messages * responses.Actions;
        for (var first = 0; first < dealt.Length; first += block)
        {
            var next = 0;
            for (var cell = 0; cell < block; cell++)
            {
                for (var i = 0; i < responses.Counts[first + cell]; i++)
                {
                    tries[next++] = cell % responses.Actions;
                }
            }

            random.Shuffle<int>(tries);
            for (var i = 0; i < tries.Length; i++)
            {
                dealt[first + (i / responses.Tries * responses.Actions) + tries[i]]++;
            }
        }

        return dealt;
    }
}
