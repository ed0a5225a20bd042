using System.Diagnostics;
using Xunit;

namespace Marl.Actors.Tests.Benchmarks;

/// <summary>The benchmarks' table in its quick mode: the figures say nothing, but every row must come out.</summary>
public sealed class TableTests
{
    [Fact]
    public async Task Every_row_of_the_table_can_be_measured()
    {
        var file = Path.GetTempFileName();
        try
        {
            var (code, error) = await RunAsync("table", "--quick", "--out", file);
            var text = await File.ReadAllTextAsync(file);

            Assert.True(code == 0, error + text);
            var rows = text.Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| wh", StringComparison.Ordinal)).ToArray();
            Assert.All(rows, row => Assert.DoesNotContain("| failed |", row));
            Assert.All(
                ["mappo-spread as committed", "4 epochs", "return of", "simple-spread alone", "CartPole", "QMIX", "256 copies", "8 copies", "an agent's step", "peak memory", "only simulates"],
                word => Assert.Contains(rows, row => row.Contains(word, StringComparison.Ordinal)));
            Assert.Contains("commit: ", text);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_row_that_there_is_not_is_refused_with_the_names_of_those_there_are()
    {
        var (code, error) = await RunAsync("table", "--only", "nothing");

        Assert.Equal(2, code);
        Assert.Contains("mappo|returns|worlds|cartpole|qmix|actors|agents|memory", error);
    }

    [Fact]
    public async Task A_folder_without_the_yardstick_s_program_is_refused()
    {
        var (code, error) = await RunAsync("table", "--quick", "--only", "mappo", "--yardstick", "nowhere");

        Assert.Equal(2, code);
        Assert.Contains("There is no mappo.py in 'nowhere'", error);
    }

    /// <summary>The program stands beside these tests, built the same way.</summary>
    private static async Task<(int Code, string Error)> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory.Replace("Marl.Actors.Tests", "Marl.Actors.Benchmarks", StringComparison.Ordinal), "Marl.Actors.Benchmarks.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error + await said);
    }
}
