using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Experience.Returns;

namespace Marl.Actors.Algorithms.Values;

/// <summary>
/// What is learned from where agents come and go. Learning by themselves, each has transitions of its own (<see cref="OwnTransitions"/>):
/// the last one ends with its life. A team's begin where anyone acts and end where again anyone does, or with the episode; an
/// agent that is absent contributes a value of 0 to the mixture, without a gradient. (PyMARL mixes in Q of the no-op instead,
/// seen with the zeros a dead agent sees.) So a team's value also looks forward to who joins later. Transitions that are not
/// whole within their item are left out.
/// </summary>
/// <param name="transitions">L · B.</param>
/// <param name="items">B.</param>
/// <param name="agents">Agents.</param>
/// <param name="totals">1 for a team, or one for each agent.</param>
internal sealed class Lives(int transitions, int items, int agents, int totals)
{
    private readonly OwnTransitions[] own = [.. Enumerable.Range(0, totals).Select(_ => new OwnTransitions(transitions, items))];
    private readonly float[] active = new float[transitions + items];
    private readonly float[] rewards = new float[transitions];
    private readonly float[] ended = new float[transitions];
    private readonly float[] cut = new float[transitions]; // never: who is there at a cut episode's last place tells

    /// <summary>Takes a batch over.</summary>
    /// <param name="batch">Of a roster that is not fixed.</param>
    /// <param name="shared">[L · B, totals]: rewards of steps; replaced by those of transitions, 0 where none begins.</param>
    public void Take(Message batch, Span<float> shared)
    {
        for (var total = 0; total < totals; total++)
        {
            Gather(batch[BatchMessages.Active], active, total);
            if (totals == 1)
            {
                batch[BatchMessages.Terminated].CopyTo(ended);
            }
            else
            {
                Gather(batch[BatchMessages.Ended], ended, total);
            }

            for (var i = 0; i < transitions; i++)
            {
                rewards[i] = shared[(i * totals) + total];
            }

            own[total].Take(active, rewards, ended, cut, []);
            for (var i = 0; i < transitions; i++)
            {
                shared[(i * totals) + total] = own[total].Rewards[i];
            }
        }
    }

    /// <summary>A whole transition begins at a position.</summary>
    public bool Begins(int position, int total) => own[total].IsOwn[position];

    /// <summary>Nothing comes after it.</summary>
    public float IsTerminal(int position, int total) => own[total].IsTerminal[position];

    /// <summary>The position whose next place is where it ends: the same one where it takes a single step.</summary>
    public int Last(int position, int total) => IsTerminal(position, total) != 0 ? position : own[total].Next[position] - items;

    /// <summary>Transitions that begin at or behind a position.</summary>
    public int Count(int from)
    {
        var count = 0;
        foreach (var one in own)
        {
            foreach (var isOwn in one.IsOwn[from..])
            {
                count += isOwn ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>The agent is there at a position; all are where the roster is fixed.</summary>
    public static bool IsThere(ReadOnlySpan<float> active, int position, int agents, int agent) => active.IsEmpty || active[(position * agents) + agent] != 0;

    /// <summary>A flag of one agent, or of any of a team.</summary>
    private void Gather(ReadOnlySpan<float> flags, Span<float> column, int total)
    {
        for (var i = 0; i < column.Length; i++)
        {
            var all = flags.Slice(i * agents, agents);
            column[i] = totals == 1 ? (all.ContainsAnyExcept(0) ? 1 : 0) : all[total];
        }
    }
}
