using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Policies.Leagues;

/// <summary>A seat's books on its matches: an episode counts if it began in the match it ends in.</summary>
/// <param name="copies">Copies of the world.</param>
/// <param name="groups">Groups they are divided into.</param>
internal sealed class MatchBook(int copies, int groups)
{
    private readonly float[] episodes = new float[groups];
    private readonly float[] scores = new float[groups];
    private readonly float[] returns = new float[groups];
    private readonly float[] running = new float[copies]; // the return so far of the episode under way
    private readonly byte[] counts = new byte[copies];    // 1: it began in its match

    /// <summary>The first copy of a group; that of the group behind the last is the number of copies.</summary>
    public int First(int group) => (int)((long)group * copies / groups);

    /// <summary>Adds what a step brought.</summary>
    public void Add(Message step)
    {
        var rewards = step[StepMessages.Reward];
        var terminated = step[StepMessages.Terminated];
        var truncated = step[StepMessages.Truncated];
        for (var group = 0; group < groups; group++)
        {
            for (var copy = First(group); copy < First(group + 1); copy++)
            {
                running[copy] += rewards[copy];
                if (terminated[copy] + truncated[copy] == 0)
                {
                    continue;
                }

                if (counts[copy] == 1)
                {
                    episodes[group]++;
                    scores[group] += running[copy] > 0 ? 1 : running[copy] == 0 ? 0.5f : 0;
                    returns[group] += running[copy];
                }

                (running[copy], counts[copy]) = (0, 1);
            }
        }
    }

    /// <summary>Other matches begin at a step: what is under way there counts for neither.</summary>
    public void Begin(Message step, ReadOnlySpan<float> begins)
    {
        var terminated = step[StepMessages.Terminated];
        var truncated = step[StepMessages.Truncated];
        for (var group = 0; group < groups; group++)
        {
            for (var copy = First(group); begins[group] != 0 && copy < First(group + 1); copy++)
            {
                counts[copy] = step.Stamp is { Update: 0, Step: 0 } || terminated[copy] + truncated[copy] > 0 ? (byte)1 : (byte)0;
            }
        }
    }

    /// <summary>Writes the results, and begins new ones.</summary>
    public void Close(Message results)
    {
        episodes.CopyTo(results.Write(ResultMessages.Episodes));
        scores.CopyTo(results.Write(ResultMessages.Score));
        returns.CopyTo(results.Write(ResultMessages.Return));
        Array.Clear(episodes);
        Array.Clear(scores);
        Array.Clear(returns);
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<float>("matches.episodes", episodes);
        snapshot.Put<float>("matches.scores", scores);
        snapshot.Put<float>("matches.returns", returns);
        snapshot.Put<float>("matches.running", running);
        snapshot.Put<byte>("matches.counts", counts);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<float>("matches.episodes", episodes);
        snapshot.GetInto<float>("matches.scores", scores);
        snapshot.GetInto<float>("matches.returns", returns);
        snapshot.GetInto<float>("matches.running", running);
        snapshot.GetInto<byte>("matches.counts", counts);
    }
}
