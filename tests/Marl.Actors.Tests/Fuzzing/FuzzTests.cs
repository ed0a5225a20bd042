using System.Globalization;
using System.Text;
using Marl.Actors.Tests.Schema;
using Xunit;
using Xunit.Abstractions;

namespace Marl.Actors.Tests.Fuzzing;

/// <summary>
/// Damaged pipeline files: none makes an exception, hangs, or is refused without a place, and what the compiler takes the schema
/// takes. The default tier damages 20,000;
/// <c>MARL_FUZZ=1000000</c> (and <c>MARL_FUZZ_SEED</c>) as many as that.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Tier = 20_000;
    private const int Accepted = 300;
    private const long MostMemory = 50_000_000;

    private static int Cases => int.TryParse(Environment.GetEnvironmentVariable("MARL_FUZZ"), CultureInfo.InvariantCulture, out var asked) ? asked : Tier;

    private static long Seed => long.TryParse(Environment.GetEnvironmentVariable("MARL_FUZZ_SEED"), CultureInfo.InvariantCulture, out var asked) ? asked : 1;

    [Fact]
    public void Damaged_files_are_accepted_or_refused_at_a_place()
    {
        var accepted = new List<string>();
        var run = new FuzzRun(Seed).Over(0, Cases, (bytes, outcome) => accepted.AddRange(outcome.Graph is not null && accepted.Count < Accepted ? [Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF')] : []));
        output.WriteLine(run.ToString());

        Assert.True(run.Failures.Length == 0, run.Failures);
        Assert.All(accepted, text => Assert.True(SchemaTests.Complaints(text) is "", $"The compiler takes it, the schema does not: {SchemaTests.Complaints(text)}\n{text}"));
        Assert.True(run.MostAllocated < MostMemory, $"One file took {run.MostAllocated / 1e6:0} MB.");
        Assert.True(run.Count.Accepted > run.Count.All / 200 && run.Codes.Count > 60, "The damage is too uniform to say anything.");
    }
}
