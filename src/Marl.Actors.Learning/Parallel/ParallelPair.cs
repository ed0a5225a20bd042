using System.Runtime.ExceptionServices;

namespace Marl.Actors.Learning.Parallel;

/// <summary>
/// Two pieces of work that touch nothing in common, at the same time where a thread of the pool is free. If none takes the
/// second piece up before the first is done, the caller does both: so it never waits for a thread, and with one core it costs
/// nothing. The result does not depend on who did what.
/// </summary>
/// <param name="first">Done by the caller.</param>
/// <param name="second">Done by whoever comes first.</param>
public sealed class ParallelPair(Action first, Action second)
{
    private readonly Action second = second;
    private readonly ManualResetEventSlim done = new();
    private Round? round;

    /// <summary>Does both and returns when both are done. Not thread-safe.</summary>
    public void Run()
    {
        done.Reset();
        round = new(this);
        ThreadPool.UnsafeQueueUserWorkItem(round, preferLocal: false);
        try
        {
            first();
        }
        finally
        {
            round.RunUnlessTaken();
            done.Wait();
        }

        round.Failure?.Throw();
    }

    /// <summary>One offer of the second piece; a thread that comes too late finds it taken, even if the next round has begun.</summary>
    private sealed class Round(ParallelPair pair) : IThreadPoolWorkItem
    {
        private int taken;

        public ExceptionDispatchInfo? Failure { get; private set; }

        public void Execute() => RunUnlessTaken();

        public void RunUnlessTaken()
        {
            if (Interlocked.Exchange(ref taken, 1) != 0)
            {
                return;
            }

            try
            {
                pair.second();
            }
            catch (Exception exception)
            {
                Failure = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                pair.done.Set();
            }
        }
    }
}
