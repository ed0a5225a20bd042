using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Xunit;

namespace Marl.Actors.Cli.Tests.Processes;

/// <summary>The built program as a process of its own, as a shell would start it.</summary>
internal sealed class MarlProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    private MarlProcess(ProcessStartInfo start)
    {
        process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Collect(output, line.Data);
        process.ErrorDataReceived += (_, line) => Collect(error, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The program and the runtime that runs it, for those that start it in another way.</summary>
    public static string[] Program => ["dotnet", Path.Combine(AppContext.BaseDirectory, "marl.dll")];

    /// <summary>Its number.</summary>
    public int Id => process.Id;

    /// <summary>What was said so far.</summary>
    public string Said
    {
        get
        {
            lock (output)
            {
                lock (error)
                {
                    return output.ToString() + error;
                }
            }
        }
    }

    /// <summary>Starts <c>marl</c> in a folder.</summary>
    public static MarlProcess Start(string folder, params string[] arguments) => Start(folder, [], [.. Program, .. arguments]);

    /// <summary>Starts any command line in a folder, with more environment variables.</summary>
    public static MarlProcess Start(string folder, Dictionary<string, string> variables, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return new(start);
    }

    /// <summary>Runs <c>marl</c> in a folder to its end.</summary>
    public static async Task<Outcome> RunAsync(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        return await process.EndAsync();
    }

    /// <summary>Waits for the end.</summary>
    public async Task<Outcome> EndAsync(TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"marl still runs after {(patience ?? Patience).TotalSeconds} s. It said:\n{Said}");
        }

        return new(process.ExitCode, output.ToString(), error.ToString());
    }

    /// <summary>Waits until something is so.</summary>
    public async Task WhenAsync(Func<MarlProcess, bool> condition, TimeSpan? patience = null)
    {
        for (var waiting = Stopwatch.StartNew(); !condition(this); await Task.Delay(10))
        {
            if (process.HasExited || waiting.Elapsed > (patience ?? Patience))
            {
                throw new InvalidOperationException($"marl {(process.HasExited ? "ended" : "did not get there")}. It said:\n{Said}");
            }
        }
    }

    /// <summary>Sends a signal: <c>INT</c>, <c>TERM</c>, <c>KILL</c>. At once: on a busy machine, starting a program for it has taken longer than the run it was for.</summary>
    public void Signal(string name) => Signal(process.Id, name);

    /// <summary>Sends a signal to any process; <c>STOP</c> and <c>CONT</c> as Linux numbers them.</summary>
    public static void Signal(int id, string name) => Assert.Equal(0, Kill(id, name switch { "INT" => 2, "KILL" => 9, "STOP" => 19, "CONT" => 18, "TERM" => 15, _ => throw new ArgumentException(name) }));

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);

    private static void Collect(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line is null ? "" : line + "\n");
        }
    }
}
