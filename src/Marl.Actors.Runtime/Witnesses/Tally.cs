using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Witnesses;

/// <summary>Adds up what became of the tokens of one run.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, long> dropped = new(StringComparer.Ordinal);

    public long Produced { get; set; }

    public long Consumed { get; set; }

    public long Added { get; set; }

    public long Pending { get; set; }

    /// <summary>What an operator kept back; less than nothing where it passed tokens on more than once.</summary>
    public void Operator(string name, long kept)
    {
        if (kept > 0)
        {
            dropped[name] = dropped.GetValueOrDefault(name) + kept;
        }

        Added += Math.Max(0, -kept);
    }

    public Conservation Sum() => new(Produced, Consumed, Added, Pending, dropped.Select(d => (d.Key, d.Value)).ToValues());
}
