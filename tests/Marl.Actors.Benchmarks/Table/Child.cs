using System.Diagnostics;
using System.Text.Json;
using Marl.Actors.Clustering;

namespace Marl.Actors.Benchmarks.Table;

/// <summary>This program as a process of its own that measures one thing and says what came out as one line of JSON.</summary>
internal static class Child
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Asks one.</summary>
    /// <param name="word">Which of this program's commands.</param>
    /// <param name="request">What it is asked; it reads that by <see cref="Read"/>.</param>
    /// <param name="isOnOneCore">It is told that the machine has one core, as a container with one core would tell it.</param>
    public static async Task<TReport> AskAsync<TRequest, TReport>(string word, TRequest request, bool isOnOneCore = false)
    {
        var program = WorkerCommand.OfThisProgram(word);
        var start = new ProcessStartInfo(program.Program, [.. program.Arguments, $"{Stopwatch.GetTimestamp()}", JsonSerializer.Serialize(request)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (isOnOneCore)
        {
            start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        }

        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{word}' still ran after {Patience.TotalMinutes} minutes.");
        }

        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<TReport>((await said).TrimEnd().Split('\n')[^1])!
            : throw new InvalidOperationException($"'{word}' ended with {process.ExitCode}: {(await complained).Trim()}");
    }

    /// <summary>In the child: when it was started (the clock is the machine's), and what it is asked.</summary>
    public static (long Started, TRequest Request) Read<TRequest>(string[] arguments) => (long.Parse(arguments[1]), JsonSerializer.Deserialize<TRequest>(arguments[2])!);

    /// <summary>In the child: answers, or says in one line why that can't be done.</summary>
    public static async Task<int> AnswerAsync(Func<Task<int>> answer)
    {
        try
        {
            return await answer();
        }
        catch (Exception e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    /// <summary>In the child: what came out.</summary>
    public static int Say<TReport>(TReport report)
    {
        Console.WriteLine(JsonSerializer.Serialize(report));
        return 0;
    }
}
