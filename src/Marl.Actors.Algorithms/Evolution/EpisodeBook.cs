using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Algorithms.Evolution;

/// <summary>
/// Keeps what the members of a generation got. An episode counts for a member that played all of it: one that was under way when
/// the generation began is another's work, and one that is under way when it ends is dropped. So everybody has a whole episode where
/// a generation is at least twice as long as an episode can be. Who has none is judged by the unfinished one, from the first step
/// of his own.
/// </summary>
/// <param name="members">Copies of the world.</param>
internal sealed class EpisodeBook(int members)
{
    private readonly double[] current = new double[members]; // return of the episode under way, since the generation began
    private readonly long[] steps = new long[members];       // its length, likewise
    private readonly byte[] isOwn = new byte[members];       // it began in this generation
    private readonly double[] returns = new double[members]; // sums over finished episodes
    private readonly long[] lengths = new long[members];
    private readonly int[] episodes = new int[members];

    /// <summary>Begins a generation with the step that all its members act on first.</summary>
    public void Begin()
    {
        for (var member = 0; member < members; member++)
        {
            isOwn[member] = steps[member] == 0 ? (byte)1 : (byte)0;
        }

        Array.Clear(current);
        Array.Clear(steps);
        Array.Clear(returns);
        Array.Clear(lengths);
        Array.Clear(episodes);
    }

    /// <summary>Adds what came of a step.</summary>
    public void Add(Message step)
    {
        var reward = step[StepMessages.Reward];
        var terminated = step[StepMessages.Terminated];
        var truncated = step[StepMessages.Truncated];
        for (var member = 0; member < members; member++)
        {
            current[member] += reward[member];
            steps[member]++;
            if (terminated[member] + truncated[member] > 0)
            {
                Close(member);
            }
        }
    }

    /// <summary>Writes how the generation went; <see cref="ReturnMessages.First"/> is left to the caller.</summary>
    public void Write(Message message)
    {
        var mean = message.Write(ReturnMessages.Return);
        var length = message.Write(ReturnMessages.Length);
        var finished = message.Write(ReturnMessages.Episodes);
        for (var member = 0; member < members; member++)
        {
            var count = episodes[member];
            finished[member] = count;
            mean[member] = (float)(count > 0 ? returns[member] / count : current[member]);
            length[member] = (float)(count > 0 ? lengths[member] / (double)count : steps[member]);
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<double>("book.current", current);
        snapshot.Put<long>("book.steps", steps);
        snapshot.Put<byte>("book.is-own", isOwn);
        snapshot.Put<double>("book.returns", returns);
        snapshot.Put<long>("book.lengths", lengths);
        snapshot.Put<int>("book.episodes", episodes);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<double>("book.current", current);
        snapshot.GetInto<long>("book.steps", steps);
        snapshot.GetInto<byte>("book.is-own", isOwn);
        snapshot.GetInto<double>("book.returns", returns);
        snapshot.GetInto<long>("book.lengths", lengths);
        snapshot.GetInto<int>("book.episodes", episodes);
    }

    private void Close(int member)
    {
        if (isOwn[member] == 1)
        {
            returns[member] += current[member];
            lengths[member] += steps[member];
            episodes[member]++;
        }

        (current[member], steps[member], isOwn[member]) = (0, 0, 1);
    }
}
