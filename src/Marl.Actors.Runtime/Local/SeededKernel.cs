using Akka.Actor.Setup;
using Akka.Dispatch;
using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Runtime.Local;

/// <summary>
/// Runs the mailboxes of a run's actors on one thread, in an order drawn from a schedule seed. As long as only these actors
/// wake each other, one seed is one order; <see cref="Foreign"/> counts the times somebody else interfered.
/// </summary>
internal sealed class SeededKernel : Setup, IDisposable
{
    private readonly object gate = new();
    private readonly List<IRunnable> ready = [];
    private readonly Thread thread;
    private RandomStream schedule;
    private bool isCounting;
    private bool isReleased;
    private bool isOver;

    public SeededKernel(long seed)
    {
        schedule = RandomKey.FromSeed(seed).Derive("schedule").Stream();
        thread = new(Work) { IsBackground = true, Name = "marl-schedule" };
        thread.Start();
    }

    /// <summary>Mailboxes made ready by another thread between the first turn and the release. 0: the order was the seed's alone.</summary>
    public int Foreign { get; private set; }

    /// <summary>The one thread.</summary>
    public int ThreadId => thread.ManagedThreadId;

    /// <summary>Takes a mailbox that has messages.</summary>
    public void Enqueue(IRunnable mailbox)
    {
        lock (gate)
        {
            if (isCounting && Environment.CurrentManagedThreadId != thread.ManagedThreadId)
            {
                Foreign++;
            }

            ready.Add(mailbox);
            Monitor.Pulse(gate);
        }
    }

    /// <summary>The run is done: what follows is the end of the actor system, which others bring about.</summary>
    public void Release()
    {
        lock (gate)
        {
            isReleased = true;
            isCounting = false;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isOver = true;
            Monitor.Pulse(gate);
        }
    }

    private void Work()
    {
        while (Next() is { } mailbox)
        {
            mailbox.Run();
        }
    }

    /// <summary>A drawn mailbox; null at the end.</summary>
    private IRunnable? Next()
    {
        lock (gate)
        {
            while (ready.Count == 0)
            {
                if (isOver)
                {
                    return null;
                }

                Monitor.Wait(gate);
            }

            isCounting |= !isReleased;
            var choice = schedule.NextInt(ready.Count);
            var mailbox = ready[choice];
            ready.RemoveAt(choice);
            return mailbox;
        }
    }
}
