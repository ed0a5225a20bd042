using Marl.Actors.Analysis.Communication;
using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Analysis.Tests.Communication;

/// <summary>Languages whose figures are known.</summary>
internal static class Planted
{
    public static Shuffling Shuffling { get; } = new(1_000, RandomKey.FromSeed(11));

    /// <summary>Every code equally often, one episode a row.</summary>
    public static Column Uniform(int size, int times) => new([.. Enumerable.Range(0, size * times).Select(i => i % size)], size);

    /// <summary>Each row an episode of its own.</summary>
    public static int[] Alone(int rows) => [.. Enumerable.Range(0, rows)];

    /// <summary>Codes of chance.</summary>
    public static Column Random(int size, int rows, long seed)
    {
        var stream = RandomKey.FromSeed(seed).Stream();
        return new([.. Enumerable.Range(0, rows).Select(_ => stream.NextInt(size))], size);
    }

    /// <summary>A listener that always answers a message with the same action, in every context.</summary>
    public static Responses Settled(int contexts, int actions, params int[] answers) => new(
        answers.Length,
        actions,
        [.. answers.Select(_ => 1.0 / answers.Length)],
        1,
        [.. Enumerable.Range(0, contexts).SelectMany(_ => answers.SelectMany(answer => Enumerable.Range(0, actions).Select(a => a == answer ? 1 : 0)))]);

    /// <summary>A listener that throws a die whatever it hears.</summary>
    public static Responses Deaf(int contexts, int messages, int actions, int tries, long seed)
    {
        var stream = RandomKey.FromSeed(seed).Stream();
        var counts = new int[contexts * messages * actions];
        for (var answer = 0; answer < contexts * messages * tries; answer++)
        {
            counts[(answer / tries * actions) + stream.NextInt(actions)]++;
        }

        return new(messages, actions, [.. Enumerable.Repeat(1.0 / messages, messages)], tries, counts);
    }
}
