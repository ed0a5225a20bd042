using Akka.Actor;
using Akka.Dispatch;
using Marl.Actors.Runtime.Local;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Local;

public sealed class OneThreadTests
{
    [Fact]
    public async Task What_becomes_ready_runs_in_turn_on_the_thread_whoever_says_so()
    {
        var thread = new OneThread(e => throw e);
        var (order, ran, ids) = (new List<string>(), new TaskCompletionSource(), new HashSet<int>());
        Work Say(string what, Action? then = null) => new(() =>
        {
            order.Add(what);
            ids.Add(Environment.CurrentManagedThreadId);
            then?.Invoke();
        });
        Assert.True(thread.TryEnqueue(Say("a", () =>
        {
            thread.TryEnqueue(Say("b"));
            thread.TryEnqueue(Say("c", () => thread.TryEnqueue(Say("d", ran.SetResult))));
        })));
        await ran.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["a", "b", "c", "d"], order);
        Assert.NotEqual(Environment.CurrentManagedThreadId, Assert.Single(ids));
        thread.End();
    }

    [Fact]
    public async Task It_ends_behind_what_is_ready_and_takes_nothing_afterwards()
    {
        var thread = new OneThread(e => throw e);
        var (begun, may, last) = (new TaskCompletionSource(), new ManualResetEventSlim(), new TaskCompletionSource());
        thread.TryEnqueue(new Work(() =>
        {
            begun.SetResult();
            may.Wait();
            thread.TryEnqueue(new Work(last.SetResult));
        }));
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(1));
        thread.End();
        Assert.False(thread.TryEnqueue(new Work(() => { })));
        may.Set();
        await last.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_mailbox_that_throws_is_reported_and_the_thread_goes_on()
    {
        var (reported, next) = (new TaskCompletionSource<string>(), new TaskCompletionSource());
        var thread = new OneThread(e => reported.SetResult(e.Message));
        thread.TryEnqueue(new Work(() => throw new InvalidOperationException("no")));
        thread.TryEnqueue(new Work(next.SetResult));
        Assert.Equal("no", await reported.Task.WaitAsync(TimeSpan.FromMinutes(1)));
        await next.Task.WaitAsync(TimeSpan.FromMinutes(1));
        thread.End();
    }

    [Fact]
    public void A_mailbox_keeps_the_order_of_each_sender()
    {
        var messages = new OneThreadMailbox.Messages();
        messages.Enqueue(ActorRefs.Nobody, new("before anybody took", ActorRefs.Nobody));
        Assert.Equal(["before anybody took"], Taken(messages));
        messages.Enqueue(ActorRefs.Nobody, new("near 1", ActorRefs.Nobody)); // this thread is the one that takes now
        messages.Enqueue(ActorRefs.Nobody, new("near 2", ActorRefs.Nobody));
        var sender = new Thread(() =>
        {
            messages.Enqueue(ActorRefs.Nobody, new("far 1", ActorRefs.Nobody));
            messages.Enqueue(ActorRefs.Nobody, new("far 2", ActorRefs.Nobody));
        });
        sender.Start();
        sender.Join();
        Assert.Equal(4, messages.Count);
        Assert.True(messages.HasMessages);
        Assert.Equal(["far 1", "far 2", "near 1", "near 2"], Taken(messages));
        Assert.False(messages.HasMessages);
    }

    private static List<object> Taken(OneThreadMailbox.Messages messages)
    {
        var taken = new List<object>();
        while (messages.TryDequeue(out var envelope))
        {
            taken.Add(envelope.Message);
        }

        return taken;
    }

    private sealed class Work(Action work) : IRunnable
    {
        public void Run() => work();

        public void Execute() => work();
    }
}
