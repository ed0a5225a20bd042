using System.Reflection;
using System.Text;
using Marl.Actors.Pipelines.Parts;
using Marl.Actors.Pipelines.Tests.Broken.Binding;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Parts;

/// <summary>
/// Each mistake is one change to a sound pipeline with a sound part; <c>mistakes.verified.txt</c> beside this file is the whole
/// of what a user is told about each, of the pipeline and of the part checked by itself.
/// </summary>
public sealed class BrokenPartsTests
{
    private const string Pipeline = "toy.yaml";
    private const string Part = "parts/team.yaml";

    private static readonly (string Title, Action<PartFiles> Make)[] Mistakes =
    [
        ("the part's name is misspelt", f => f.Change(Pipeline, "./parts/team.yaml", "./parts/taem.yaml")),
        ("the part's folder is misspelt", f => f.Change(Pipeline, "./parts/team.yaml", "part/team.yaml")),
        ("an absolute path", f => f.Change(Pipeline, "./parts/team.yaml", "/parts/team.yaml")),
        ("a pipeline in the place of a part", f => f.Change(Pipeline, "./parts/team.yaml", "./toy.yaml")),
        ("bars in the place of a part", f => f.Write(Part, "bars:\n  - { pipeline: x.yaml }\n")),
        ("a part that cannot be read, used twice", f => f.Write(Part, "part: [\n").Change(Pipeline, "  world:", "  more:\n    uses: ./parts/team.yaml\n\n  world:")),
        ("the part uses itself", f => f.Change(Part, "  learner:\n", "  more:\n    uses: team.yaml\n\n  learner:\n")),
        ("two parts use each other", f => f.Change(Part, "  learner:\n", "  more:\n    uses: ./other.yaml\n\n  learner:\n").Write("parts/other.yaml", "part: other\nstages:\n  again:\n    uses: ../parts/team.yaml\n")),
        ("parts within parts without end", Bomb),
        ("a part named as the evaluation is", f => f.Change(Pipeline, "  pool:", "  evaluation:").Change(Pipeline, "pool.actions", "evaluation.actions")),
        ("each and copies on a part", f => f.Change(Pipeline, "    with: { clip: 0.1 }", "    each: world.agents\n    copies: 3\n    with: { clip: 0.1 }")),
        ("an unknown parameter", f => f.Change(Pipeline, "clip: 0.1", "clip: 0.1, rolout: 7")),
        ("a parameter misspelt that has no default", f => f.Change(Pipeline, "clip: 0.1", "clop: 0.1")),
        ("a parameter missing that has no default", f => f.Change(Pipeline, "    with: { clip: 0.1 }\n", "")),
        ("a value out of range", f => f.Change(Pipeline, "clip: 0.1", "clip: 1.5")),
        ("a value of another type", f => f.Change(Pipeline, "clip: 0.1", "clip: 0.1, rollout: five")),
        ("a list for a parameter", f => f.Change(Pipeline, "clip: 0.1", "clip: [0.1, 0.2]")),
        ("a parameter handed on that is not there", f => f.Change(Pipeline, "clip: 0.1", "clip: $clip")),
        ("a parameter handed on of another type", f => f.Change(Pipeline, "clip: 0.1", "clip: $word").Change(Pipeline, "stages:", "parameters:\n  word: { type: text, default: x }\n\nstages:")),
        ("a parameter handed on out of range", f => f.Change(Pipeline, "clip: 0.1", "clip: $c").Change(Pipeline, "stages:", "parameters:\n  c: { type: float, default: 2 }\n\nstages:")),
        ("an unknown input, and so one left open", f => f.Change(Pipeline, "steps: world.steps", "stpes: world.steps")),
        ("a required input left open", f => f.Change(Pipeline, "      steps: world.steps\n", "")),
        ("an unknown output", f => f.Change(Pipeline, "pool.actions", "pool.action")),
        ("a stage of the part named from outside", f => f.Change(Pipeline, "pool.actions", "team.actions")),
        ("the wrong output of a stage for an input", f => f.Change(Pipeline, "steps: world.steps", "steps: world.state")),
        ("a misspelt output of a stage for an input", f => f.Change(Pipeline, "steps: world.steps", "steps: world.stops")),
        ("a misspelt port inside", f => f.Change(Part, "learner.weights", "learner.weight")),
        ("a misspelt stage inside", f => f.Change(Part, "learner.weights", "lerner.weights")),
        ("a misspelt stage behind an output", f => f.Change(Part, "actions: team.actions", "actions: taem.actions")),
        ("a misspelt port behind an output", f => f.Change(Part, "actions: team.actions", "actions: team.action")),
        ("a misspelt component inside", f => f.Change(Part, "agent/toy", "agent/toi")),
        ("a misspelt option inside", f => f.Change(Part, "rollout: $rollout }", "rolout: $rollout }")),
        ("an option that refuses a part's value", f => f.Change(Part, "clip: { type: float, range: 0.0..1.0 }", "clip: { type: float }").Change(Pipeline, "clip: 0.1", "clip: 7")),
        ("an unknown parameter inside", f => f.Change(Part, "$rollout", "$rolout")),
        ("a part's parameter that nothing uses", f => f.Change(Part, "    with: { rollout: $rollout }\n", "")),
        ("an input that is not declared", f => f.Change(Part, "in.state", "in.stade")),
        ("no input is declared", f => f.Write(Part, "part: team\nout:\n  actions: in.x\n")),
        ("an input that nothing reads", f => f.Change(Part, "\n      state: in.state", "")),
        ("an input of another kind than declared", f => f.Change(Part, "state: { kind: state, required: false }", "state: { kind: steps, required: false }")),
        ("a stage named in", f => f.Change(Part, "  learner:", "  in:")),
        ("keys that no part has", f => f.Change(Part, "\nout:", "\nstop: { steps: 100 }\n\nout:").Change(Part, "required: false", "require: false")),
        ("neither a name nor stages", f => f.Write(Part, "summary: Nothing.\npart: [x]\nin: {}\n").Write("parts/nothing.yaml", "part: nothing\n")),
        ("outputs in braces", f => f.Change(Part, "out:\n  actions: team.actions |> by-step", "out: { actions: team.actions }")),
        ("parts that feed each other and no stage", f => f
            .Write("parts/pipe.yaml", "part: pipe\nin:\n  x: {}\nout:\n  y: in.x\n")
            .Change(Pipeline, "  pool:", "  one:\n    uses: parts/pipe.yaml\n    in:\n      x: two.y\n\n  two:\n    uses: parts/pipe.yaml\n    in:\n      x: one.y\n\n  pool:")
            .Change(Pipeline, "pool.actions", "one.y")),
        ("the agents of a part", f => f.Change(Pipeline, "  pool:", "  more:\n    uses: agent/toy\n    each: pool.agents\n    in:\n      steps: world.steps\n      weights: pool.actions\n\n  pool:")),
        ("a domain behind an input that is misspelt", f => f.Change(Part, "each: in.steps.agents", "each: in.steps.agent")),
        ("a domain of the outside", f => f.Change(Part, "each: in.steps.agents", "each: in.agents")),
        ("a domain behind an input that is not declared", f => f.Change(Part, "each: in.steps.agents", "each: in.step.agents")),
        ("a domain behind an optional input that is not fed", f => f.Change(Part, "each: in.steps.agents", "each: in.state.agents").Change(Pipeline, "\n      state: world.state", "")),
        ("a merge word inside that is missing", f => f.Change(Part, "rollouts: team.rollouts |> by-step", "rollouts: team.rollouts")),
        ("a merge word inside and outside", f => f.Change(Pipeline, "pool.actions", "pool.actions |> by-step")),
        ("a merge inside that depends on timing", f => f.Change(Part, "team.actions |> by-step", "team.actions |> as-it-comes").Change(Pipeline, "stages:", "determinate: true\n\nstages:")),
        ("a discrete agent in a continuous world", f => f.Change(Pipeline, "copies: 4", "copies: 4\n    with: { continuous: true }")),
        ("a stage inside that nobody reads", f => f.Change(Part, "  learner:\n", "  talk:\n    uses: channel/toy\n    with: { words: 2 }\n    in:\n      said: team.messages |> by-step\n\n  learner:\n")),
    ];

    [Fact]
    public void What_is_said_about_each_is_as_verified()
    {
        var said = new StringBuilder();
        foreach (var (title, make) in Mistakes)
        {
            using var files = new PartFiles();
            make(files);
            said.Append($"== {title}\n{files.Said()}\n");
            if (files.Said(Part) is { Length: > 0 } alone)
            {
                said.Append($"-- {Part} by itself\n{alone}\n");
            }
        }

        Verify(said.ToString());
    }

    [Fact]
    public void Each_has_a_place_a_code_a_remedy_and_where_the_part_is_used() => Assert.All(Mistakes, mistake =>
    {
        using var files = new PartFiles();
        mistake.Make(files);
        var result = FileCheck.Run(files[Pipeline], TestCatalog.Catalog);

        Assert.NotEmpty(result.Diagnostics);
        Assert.All(result.Diagnostics, d =>
        {
            DiagnosticRules.Hold(d, d.Where.File);
            Assert.Equal(d.Where.File != files[Pipeline], d.Related.Count > 0);
        });
    });

    [Fact]
    public void Every_code_is_shown()
    {
        var verified = File.ReadAllText(Verified);
        Assert.DoesNotContain(
            typeof(PartCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!), code => !verified.Contains(code));
    }

    private static string Verified => TestFiles.Folder("tests/Marl.Actors.Pipelines.Tests/Parts/mistakes.verified.txt");

    private static void Verify(string actual)
    {
        var received = Verified.Replace(".verified.", ".received.");
        File.Delete(received);
        if (!File.Exists(Verified) || File.ReadAllText(Verified) != actual)
        {
            File.WriteAllText(received, actual);
            Assert.Equal(File.Exists(Verified) ? File.ReadAllText(Verified) : "", actual);
        }
    }

    /// <summary>Ten uses within ten uses within ten …</summary>
    private static void Bomb(PartFiles files)
    {
        for (var level = 0; level < 6; level++)
        {
            var uses = string.Concat(Enumerable.Range(0, 10).Select(i => $"  s{i}:\n    uses: {(level == 5 ? "channel/toy" : $"./level{level + 1}.yaml")}\n"));
            files.Write($"parts/level{level}.yaml", $"part: level\nstages:\n{uses}");
        }

        files.Change(Pipeline, "  world:", "  bomb:\n    uses: parts/level0.yaml\n\n  world:");
    }
}
