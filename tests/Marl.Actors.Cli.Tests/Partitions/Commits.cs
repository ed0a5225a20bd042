using Marl.Actors.Cli.Tests.Kills;

namespace Marl.Actors.Cli.Tests.Partitions;

/// <summary>Watches what a run saves, and in which epoch: nobody may save in one that is over.</summary>
/// <param name="run">The run's folder.</param>
internal sealed class Commits(string run) : IAsyncDisposable
{
    private readonly DurableProgress progress = new(run);
    private readonly Announcements announced = new(run);
    private readonly CancellationTokenSource closing = new();
    private readonly SortedDictionary<int, int> byEpoch = [];
    private Task watching = Task.CompletedTask;
    private long newest;

    /// <summary>Checkpoints that were seen, by epoch.</summary>
    public IReadOnlyDictionary<int, int> ByEpoch => byEpoch;

    /// <summary>Times that the newest checkpoint or the epoch was older than before.</summary>
    public int Backward { get; private set; }

    /// <summary>Updates that are told of twice or not at all, or that were told of and taken back: what two who save at a time leave behind.</summary>
    public long Torn => announced.Gaps + announced.Lost;

    /// <summary>Environment steps of the newest checkpoint.</summary>
    public long Newest => Interlocked.Read(ref newest);

    /// <summary>Begins to look.</summary>
    public Commits Begin()
    {
        watching = Task.Run(async () =>
        {
            var epoch = 0;
            while (!closing.IsCancellationRequested)
            {
                var (before, found) = (Newest, progress.Look());
                var now = found > 0 ? progress.Epoch : 0; // read after the checkpoint: whoever saved it belongs to this epoch or an earlier one
                Backward += now < epoch ? 1 : 0;
                epoch = now;
                if (found > before)
                {
                    byEpoch[epoch] = byEpoch.GetValueOrDefault(epoch) + 1;
                    Interlocked.Exchange(ref newest, found);
                }

                await Task.Delay(20);
            }

            announced.Look(() => progress.Look());
            Backward += progress.Backward;
        });
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await watching;
    }
}
