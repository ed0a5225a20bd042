using System.Reflection;
using System.Text;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Campaigns.Sweeps;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Campaigns.Sweeps;

/// <summary>Each mistake is one change to a sound sweep; <c>mistakes.verified.txt</c> beside this file is the whole of what a user is told.</summary>
public sealed class BrokenSweepsTests
{
    private const string Sweep = SweepFiles.Sweep;
    private const string Pipeline = SweepFiles.Pipeline;

    private static readonly (string Title, Action<SweepFiles> Make, BindingOverrides Overrides)[] Mistakes =
    [
        ("the pipeline's name is misspelt", f => f.Change(Sweep, "../toy.yaml", "../tooy.yaml"), new()),
        ("the pipeline has a mistake of its own", f => f.Change(Pipeline, "algorithm/toy", "algorithm/toi"), new()),
        ("the pipeline is a part", f => f.Write(Pipeline, "part: x\n"), new()),
        ("the pipeline does not evaluate", f => f.Change(Pipeline, "evaluate: { every: 200, episodes: 3 }", ""), new()),
        ("the runs end before the first evaluation", f => f.Change(Sweep, "seeds: 1..3", "seeds: 1..3\nsteps: 160"), new()),
        ("the command line ends the runs before the first evaluation", _ => { }, new() { StopSteps = 160 }),
        ("an unknown parameter", f => f.Change(Sweep, "clip:", "clap:"), new()),
        ("an option in the place of a parameter", f => f.Change(Sweep, "clip:", "rollout:"), new()),
        ("the seed as a parameter", f => f.Change(Sweep, "clip: [0.1, 0.2, 0.3]", "seed: [1, 2]"), new()),
        ("a value out of range", f => f.Change(Sweep, "0.3", "1.3"), new()),
        ("a value of another type", f => f.Change(Sweep, "[2, 3]", "[2, three]"), new()),
        ("a value twice, written differently", f => f.Change(Sweep, "0.3", "1e-1"), new()),
        ("values that are not a list", f => f.Change(Sweep, "[2, 3]", "2..3"), new()),
        ("an empty list", f => f.Change(Sweep, "[2, 3]", "[]"), new()),
        ("a parameter's name in a list", f => f.Change(Sweep, "[2, 3]", "[2, $clip]"), new()),
        ("too many settings", f => f.Sweeping("grid:\n  agents: [1, 2, 3, 4, 5, 6, 7, 8]\nsample:\n  trials: 200\n  clip: { uniform: 0.1..0.9 }"), new()),
        ("an endless number of settings", f => f.Sweeping("grid:\n" + string.Concat("abcdefghijkl".Select(c => $"  {c}: [1, 2, 3, 4, 5, 6, 7, 8]\n"))), new()),
        ("keys that no sweep has", f => f.Change(Sweep, "grid:", "trials: 20\n\ngrid:"), new()),
        ("nothing that is needed", f => f.Write(Sweep, "summary: Nothing.\nsweep: x y\n"), new()),
        ("a seed that is none", f => f.Change(Sweep, "1..3", "3..1"), new()),
        ("steps that are none", f => f.Change(Sweep, "seeds: 1..3", "steps: 0"), new()),
        ("a sample without trials and parameters", f => f.Sweeping("sample:\n  seed: 3"), new()),
        ("trials and seed that are none", f => f.Sweeping("sample:\n  trials: 0\n  seed: x\n  clip: { uniform: 0.1..0.9 }"), new()),
        ("an unknown distribution", f => f.Sweeping("sample:\n  trials: 3\n  clip: { log-uniforn: 0.1..0.9 }"), new()),
        ("two distributions", f => f.Sweeping("sample:\n  trials: 3\n  clip: { uniform: 0.1..0.9, choice: [0.1] }"), new()),
        ("a range that is none", f => f.Sweeping("sample:\n  trials: 3\n  clip: { uniform: 0.1 }"), new()),
        ("a range backwards", f => f.Sweeping("sample:\n  trials: 3\n  high: { uniform: 3.0..1.0 }"), new()),
        ("bounds of another type", f => f.Sweeping("sample:\n  trials: 3\n  agents: { uniform: 1.5..4.5 }"), new()),
        ("bounds out of range", f => f.Sweeping("sample:\n  trials: 3\n  clip: { uniform: 0.1..1.9 }"), new()),
        ("logarithms of what has none", f => f.Sweeping("sample:\n  trials: 3\n  clip: { log-uniform: 0.0..0.5 }"), new()),
        ("a range of words", f => f.Sweeping("sample:\n  trials: 3\n  mood: { uniform: a..z }\n  continuous: { log-uniform: 0..1 }"), new()),
        ("a choice out of range", f => f.Sweeping("sample:\n  trials: 3\n  agents: { choice: [2, 9] }"), new()),
        ("a parameter in grid and sample", f => f.Sweeping("grid:\n  clip: [0.1]\nsample:\n  trials: 3\n  clip: { uniform: 0.1..0.9 }"), new()),
        ("a swept parameter on the command line", _ => { }, new() { Parameters = [("clip", "5"), ("mood", "calm")] }),
        ("an unknown parameter on the command line", _ => { }, new() { Parameters = [("mod", "calm")] }),
        ("a value that the pipeline refuses", f => f.Sweeping("grid:\n  clip: [0.1, 0.2]\n  mood: [calm, very-bald]"), new()),
        ("a value that no type check could refuse", f => f.Sweeping("grid:\n  continuous: [false, true]\n  agents: [2, 3]"), new()),
        ("values that do not go together", f => f.Change(Pipeline, "low: 0.5", "low: $clip").Sweeping("grid:\n  clip: [0.2, 0.9]\n  high: [0.5, 1.0]"), new()),
        ("drawn values that do not go together", f => f.Change(Pipeline, "low: 0.5", "low: $clip").Sweeping("sample:\n  trials: 12\n  clip: { uniform: 0.1..0.9 }\n  high: { uniform: 0.1..0.9 }"), new()),
    ];

    [Fact]
    public void What_is_said_about_each_is_as_verified()
    {
        var said = new StringBuilder();
        foreach (var (title, make, overrides) in Mistakes)
        {
            using var files = new SweepFiles();
            make(files);
            said.Append($"== {title}\n{files.Said(overrides)}\n");
            foreach (var diagnostic in files.Load(overrides).Diagnostics)
            {
                DiagnosticRules.Hold(diagnostic, diagnostic.Where.File);
            }
        }

        var verified = Verified;
        var received = verified.Replace(".verified.", ".received.");
        File.Delete(received);
        if (!File.Exists(verified) || File.ReadAllText(verified) != said.ToString())
        {
            File.WriteAllText(received, said.ToString());
            Assert.Equal(File.Exists(verified) ? File.ReadAllText(verified) : "", said.ToString());
        }
    }

    [Fact]
    public void Every_code_is_shown()
    {
        var verified = File.ReadAllText(Verified);
        Assert.DoesNotContain(
            typeof(SweepCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!), code => !verified.Contains(code));
    }

    private static string Verified => TestFiles.Folder("tests/Marl.Actors.Pipelines.Tests/Campaigns/Sweeps/mistakes.verified.txt");
}
