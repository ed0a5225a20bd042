using System.Collections.Concurrent;
using System.Diagnostics;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cluster;
using Marl.Actors.Runtime.Cluster.Leading;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Security;

namespace Marl.Actors.Clustering;

/// <summary>
/// Worker processes of one run on this machine. One that dies is given up at once, since nobody needs to wait for its
/// silence, and started anew. They hang on a pipe from this process and end with it, however it ends.
/// </summary>
internal sealed class WorkerProcesses : IAsyncDisposable
{
    private const int MostDeathsAtOnce = 5; // before joining even once

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly ClusterChoice choice;
    private readonly ClusterNode node;
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentDictionary<string, Process> joined = []; // by address
    private readonly Task[] watches;

    private WorkerProcesses(ClusterChoice choice, ClusterNode node, Values<Values<string>> roles)
    {
        this.choice = choice;
        this.node = node;
        watches = [.. roles.Select(r => Task.Run(() => KeepAsync(r)))];
    }

    /// <summary>Why no worker can be had; null while there is hope.</summary>
    public Diagnostic? Problem { get; private set; }

    /// <summary>Starts them.</summary>
    public static WorkerProcesses Start(ClusterChoice choice, Graph graph, ClusterNode node) => new(choice, node, RoleSplit.Of(Roles.Of(graph), choice.Processes));

    /// <summary>Ends a worker that was given up for its silence: it may be stopped or stuck, and another can't take its place while it lives.</summary>
    /// <param name="lost">The address of its actors.</param>
    public void End(string lost)
    {
        if (joined.TryRemove(lost[(lost.IndexOf('@') + 1)..], out var process))
        {
            try
            {
                process.Kill(entireProcessTree: true);
            }
            catch (InvalidOperationException)
            {
                // It has ended by itself, and whoever watches it has put it away.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await Task.WhenAll(watches);
        closing.Dispose();
    }

    /// <summary>Keeps one worker running until the run is over.</summary>
    private async Task KeepAsync(Values<string> roles)
    {
        for (var deaths = 0; !closing.IsCancellationRequested && deaths < MostDeathsAtOnce;)
        {
            using var process = Begin(roles);
            if (process is null)
            {
                return;
            }

            var address = await AddressAsync(process);
            if (address is not null)
            {
                deaths = 0;
                joined[$"{address}"] = process;
                choice.Told?.Invoke($"worker {process.Id} ({string.Join(", ", roles)}) at {address}");
            }

            try
            {
                await process.WaitForExitAsync(closing.Token);
            }
            catch (OperationCanceledException)
            {
                await EndAsync(process);
                return;
            }

            deaths++;
            if (address is not null)
            {
                joined.TryRemove($"{address}", out _);
                choice.Told?.Invoke($"worker {process.Id} ({string.Join(", ", roles)}) died, exit code {process.ExitCode}; starting another");
                node.GiveUp(address);
            }
        }

        if (!closing.IsCancellationRequested)
        {
            Problem = Failed($"Workers with the roles {string.Join(", ", roles)} end before they have joined.");
        }
    }

    private Process? Begin(Values<string> roles)
    {
        var command = choice.Worker!;
        var start = new ProcessStartInfo(command.Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            .. command.Arguments, "--join", $"{node.Address}", "--roles", string.Join(',', roles), "--leash",
            "--heartbeat-pause", $"{choice.Vigilance.Pause.TotalSeconds:0.###}", .. choice.Credentials is { } c ? ["--certificate", c.Certificate, "--authority", c.Authority] : Array.Empty<string>(),
            .. choice.IsInsecure ? ["--insecure"] : Array.Empty<string>(),
        ];
        if (choice.Credentials?.Password is { } password)
        {
            start.Environment[Credentials.PasswordVariable] = password; // a command line is for everyone to read
        }

        Array.ForEach(arguments, start.ArgumentList.Add);
        try
        {
            return Process.Start(start);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            Problem = Failed($"'{command.Program}' can't be started: {e.Message}");
            return null;
        }
    }

    /// <summary>The address a worker prints when it has joined; null when it ends before.</summary>
    private async Task<NodeAddress?> AddressAsync(Process process)
    {
        try
        {
            while (await process.StandardOutput.ReadLineAsync(closing.Token) is { } line)
            {
                if (line.StartsWith(NodeAnnouncement.Listening, StringComparison.Ordinal))
                {
                    _ = DrainAsync(process);
                    return NodeAddress.Parse(line[NodeAnnouncement.Listening.Length..].Trim()).Match<NodeAddress?>(a => a, _ => null);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over before the worker had joined.
        }

        return null;
    }

    /// <summary>Nobody reads what else it prints, and a full pipe would stop it.</summary>
    private static async Task DrainAsync(Process process)
    {
        try
        {
            await process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It is gone.
        }
    }

    /// <summary>Lets go of the leash, and waits a little.</summary>
    private static async Task EndAsync(Process process)
    {
        process.StandardInput.Close();
        using var late = new CancellationTokenSource(Farewell);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static Diagnostic Failed(string sentence) => new(ClusterCodes.WorkerFailed, SourceSpan.Whole("command line"), sentence, "Run 'marl node' by hand and see what it says.");
}
