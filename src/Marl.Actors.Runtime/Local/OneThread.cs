using Akka.Dispatch;

namespace Marl.Actors.Runtime.Local;

/// <summary>
/// A thread that runs mailboxes in the order in which they became ready. What its own mailboxes make ready costs no lock, no
/// semaphore and no turn of another thread, which on a machine with one processor is all loss.
/// </summary>
internal sealed class OneThread
{
    private readonly object gate = new();
    private readonly Queue<IRunnable> ready = [];   // of the thread alone
    private readonly Queue<IRunnable> foreign = []; // made ready by other threads, behind the gate
    private readonly Action<Exception> failed;
    private readonly int id;
    private volatile bool hasForeign;
    private bool isOver;

    /// <summary>Starts the thread.</summary>
    /// <param name="failed">Told what a mailbox throws; the thread goes on.</param>
    public OneThread(Action<Exception> failed)
    {
        this.failed = failed;
        var thread = new Thread(Work) { IsBackground = true, Name = "marl-stages" };
        id = thread.ManagedThreadId;
        thread.Start();
    }

    /// <summary>Takes a mailbox that has messages. False when the thread is over.</summary>
    public bool TryEnqueue(IRunnable mailbox)
    {
        if (Environment.CurrentManagedThreadId == id)
        {
            ready.Enqueue(mailbox); // it ends only behind all that is ready
            return true;
        }

        lock (gate)
        {
            if (isOver)
            {
                return false;
            }

            foreign.Enqueue(mailbox);
            hasForeign = true;
            Monitor.Pulse(gate);
            return true;
        }
    }

    /// <summary>The thread ends when nothing is ready any more.</summary>
    public void End()
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
            try
            {
                mailbox.Run();
            }
            catch (Exception e)
            {
                failed(e);
            }
        }
    }

    private IRunnable? Next()
    {
        if (hasForeign || ready.Count == 0)
        {
            Admit();
        }

        return ready.TryDequeue(out var mailbox) ? mailbox : null;
    }

    /// <summary>Takes over what others have made ready; waits for it where there is nothing else to do.</summary>
    private void Admit()
    {
        lock (gate)
        {
            while (foreign.Count + ready.Count == 0 && !isOver)
            {
                Monitor.Wait(gate);
            }

            while (foreign.TryDequeue(out var mailbox))
            {
                ready.Enqueue(mailbox);
            }

            hasForeign = false;
        }
    }
}
