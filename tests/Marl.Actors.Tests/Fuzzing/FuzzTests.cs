using System.Globalization;
using System.Text;
using Marl.Actors.Tests.Schema;
using Xunit;
using Xunit.Abstractions;

namespace Marl.Actors.Tests.Fuzzing;

/// <summary>
/// Damaged pipeline files: none makes an exception, hangs, or is refused without a place, and what the compiler takes the schema
/// takes. The default tier damages 20,000;
/// <c>MARL_FUZZ=1000000</c> (and <c>MARL_FUZZ_SEED</c>) as many as that, <c>MARL_FUZZ_FIRST</c> from that case on: one alone to look at it.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Tier = 20_000;
    private const int Accepted = 300;

    private static int Cases => Asked("MARL_FUZZ", Tier);

    private static int First => Asked("MARL_FUZZ_FIRST", 0);

    private static int Seed => Asked("MARL_FUZZ_SEED", 1);

    [Fact]
    public void Damaged_files_are_accepted_or_refused_at_a_place()
    {
        var accepted = new List<string>();
        var run = new FuzzRun(Seed).Over(First, Cases, (bytes, outcome) => accepted.AddRange(outcome.Graph is not null && accepted.Count < Accepted ? [Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF')] : []));
        output.WriteLine(run.ToString());

        Assert.True(run.Failures.Length == 0, run.Failures);
        Assert.All(accepted, text => Assert.True(SchemaTests.Complaints(text) is "", $"The compiler takes it, the schema does not: {SchemaTests.Complaints(text)}\n{text}"));
        Assert.True(Cases < Tier || (run.Count.Accepted > run.Count.All / 200 && run.Codes.Count > 60), "The damage is too uniform to say anything.");
    }

    private static int Asked(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var asked) ? asked : otherwise;
}
