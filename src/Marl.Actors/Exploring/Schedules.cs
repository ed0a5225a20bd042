namespace Marl.Actors.Exploring;

/// <summary>Numbered pieces of work on several threads, their results in the order of the numbers.</summary>
internal static class Schedules
{
    private const int Ahead = 4; // results that may wait for an earlier one, for each thread

    /// <summary>Does the work until it is done or the reader has read enough; then what is at hand is cancelled and waited for.</summary>
    /// <param name="from">The first number.</param>
    /// <param name="count">How many.</param>
    /// <param name="jobs">At a time.</param>
    /// <param name="work">Does one.</param>
    /// <param name="stop">Passed on to the work.</param>
    public static IEnumerable<T> InOrder<T>(long from, long count, int jobs, Func<long, CancellationToken, T> work, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var pool = new TaskFactory(new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, jobs).ConcurrentScheduler);
        var running = new Queue<Task<T>>();
        try
        {
            for (var next = from; next < from + count || running.Count > 0;)
            {
                for (; next < from + count && running.Count < jobs * Ahead; next++)
                {
                    var number = next;
                    running.Enqueue(pool.StartNew(() => work(number, enough.Token)));
                }

                yield return running.Dequeue().GetAwaiter().GetResult();
            }
        }
        finally
        {
            enough.Cancel();
            Task.WhenAll(running).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        }
    }
}
