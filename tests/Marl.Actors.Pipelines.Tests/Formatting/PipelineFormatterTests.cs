using Marl.Actors.Pipelines.Formatting;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Formatting;

public sealed class PipelineFormatterTests
{
    public static TheoryData<string> Pipelines() => [.. Directory.GetFiles(TestFiles.Folder("pipelines"), "*.yaml").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void The_repositorys_pipelines_are_canonical(string file)
    {
        var text = File.ReadAllText(Path.Combine(TestFiles.Folder("pipelines"), file));
        Assert.Equal(text, Format(text));
    }

    [Fact]
    public void Keys_spacing_and_quotes_become_canonical() => Assert.Equal(
        """
        pipeline: small
        summary: "Two: words"

        parameters:
          clip: { type: float, default: 0.2, range: 0.0..1.0 }

        stages:
          world:
            uses: environment/climbing
            copies: 8
            with: { b: 1, a: [1, 2], c: "x, y" }
            in:
              actions: team.actions |> by-step |> lag(updates=1, k=$n)

          team:
            uses: agent/actor-critic
            each: world.agents
            in:
              steps:
                - world.steps
                - talk.said |> by-step

        stop: { steps: 100 }
        evaluate: { every: 10 }

        """,
        Format("""
        stop:
            steps:   100
        stages:
            "world":
                in:
                    actions:   "team.actions|>by-step |>  lag( updates = 1,k=$n )"
                copies: '8'
                with:
                    b: 1
                    a:
                    - 1
                    - 2
                    c: 'x, y'
                uses: environment/climbing



            team: {each: world.agents, in: {steps: [world.steps, talk.said|>by-step]}, uses: agent/actor-critic}
        evaluate: {every: 10}
        parameters: { clip: { range: 0.0..1.0, default: 0.2, type: float } }
        summary: 'Two: words'
        pipeline: small
        """));

    [Fact]
    public void Comments_stay_with_what_they_speak_of() => Assert.Equal(
        """
        # Licence of the file.

        # yaml-language-server: $schema=x.json
        # what it is
        pipeline: small  # its name

        stages:  # all of them
          # the world

          # and its second paragraph
          world:
            uses: environment/climbing  # a game
            # how many
            copies: 8  # copies
            with:  # first
              a: 1
              b: [1, 2]  # list
              # last option
            in:
              actions: team.actions  # from the team
              # no weights here
            # end of world

          # the team
          team:
            uses: agent/actor-critic
            # each: world.agents

        stop: { steps: 100 }  # enough

        # The end.

        """,
        Format("""
        # Licence of the file.

        # yaml-language-server: $schema=x.json
        # what it is
        pipeline: small # its name
        stop: {steps: 100} # enough
        stages:   # all of them
          # the world


          # and its second paragraph
          world:
            with: { # first

              a: 1,
              b: [1,
                  2], # list
              # last option
            }
            uses: environment/climbing # a game

            # how many
            copies: 8   # copies
            in:
              actions: team.actions # from the team
              # no weights here
            # end of world
          # the team
          team:
            uses: agent/actor-critic
            # each: world.agents
        # The end.
        """));

    [Fact]
    public void Long_mappings_get_a_line_for_each_entry()
    {
        var text = Format("pipeline: a\nstages:\n  w:\n    uses: x/y\n    with: { " + string.Join(", ", Enumerable.Range(0, 12).Select(i => $"option{i}: {i}")) + " }\n");
        Assert.Contains("    with:\n      option0: 0\n      option1: 1\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "{}\n")]
    [InlineData("{}#", "#\n\n{}\n")]
    [InlineData("#\n{}", "#\n\n{}\n")]
    [InlineData("# a\n\n{} # b\n\n# c", "# b\n# a\n\n# c\n\n{}\n")]
    public void Comments_of_an_empty_file_stand_above_it(string text, string expected)
    {
        var once = PipelineFormatter.Format(text, "f.yaml").Value;
        Assert.Equal(expected, once);
        Assert.Equal(once, PipelineFormatter.Format(once, "f.yaml").Value);
    }

    [Theory]
    [InlineData("x", "x")]
    [InlineData("''", "\"\"")]
    [InlineData("'it''s'", "it's")]
    [InlineData("'-'", "\"-\"")]
    [InlineData("-5", "-5")]
    [InlineData("-.5", "-.5")]
    [InlineData("'a # b'", "\"a # b\"")]
    [InlineData("a#b", "a#b")]
    [InlineData("'a: b'", "\"a: b\"")]
    [InlineData("'a:'", "\"a:\"")]
    [InlineData("a:b", "a:b")]
    [InlineData("'[x]'", "\"[x]\"")]
    [InlineData("x[0]", "x[0]")]
    [InlineData("'*x'", "\"*x\"")]
    [InlineData("' x '", "\" x \"")]
    [InlineData("\"a\\tb\\n\\\\\\u2028\"", "\"a\\tb\\n\\\\\\u2028\"")]
    [InlineData("'say \"yes\"'", "say \"yes\"")]
    [InlineData("'\"yes\" \\'", "\"\\\"yes\\\" \\\\\"")]
    [InlineData("yes", "yes")]
    [InlineData("~", "~")]
    [InlineData("größe", "größe")]
    [InlineData("'😀'", "\"😀\"")]
    [InlineData("\"😀 and \\U0001F600\"", "\"😀 and 😀\"")]
    public void Scalars_are_plain_where_that_is_safe(string text, string canonical) =>
        Assert.Equal($"pipeline: a\nsummary: {canonical}\n", Format($"pipeline: a\nsummary: {text}\n"));

    [Fact]
    public void Bars_are_formatted_too() => Assert.Equal(
        """
        # about

        bars:
          - pipeline: a.yaml  # first
            seeds: 1..3
            tier: full

          # the second
          - pipeline: b.yaml
            # how many
            seeds: [1, 2]

        """,
        Format("# about\n\nbars:\n- tier: full\n  seeds: 1..3\n  pipeline: a.yaml # first\n# the second\n- pipeline: b.yaml\n  # how many\n  seeds:\n    - 1\n    - 2\n"));

    [Fact]
    public void What_is_no_pipeline_text_is_refused() =>
        Assert.Equal("x.yaml(1,4): error MARL0024: The bracket '[' is not closed. Close it, or put a comma between its entries.", PipelineFormatter.Format("a: [1\nb: 2\n", "x.yaml").Diagnostics.Single().ToString());

    /// <summary>Comments of every indentation between all lines, keys in any order: none is lost, and twice is once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_comment_is_lost_wherever_it_stands(int seed)
    {
        var random = new Random(seed);
        for (var n = 0; n < 400; n++)
        {
            var count = 0;
            var text = string.Concat(Lines(random).SelectMany(line => Commented(line, random, () => $"# comment {count++}.")));
            var formatted = Format(text);
            Assert.Equal(
                Enumerable.Range(0, count).Select(i => $"# comment {i}."),
                Enumerable.Range(0, count).Select(i => $"# comment {i}.").Where(formatted.Contains));
        }
    }

    private static IEnumerable<string> Commented(string line, Random random, Func<string> comment)
    {
        while (random.Next(4) == 0)
        {
            yield return random.Next(3) == 0 ? "\n" : $"{new string(' ', random.Next(9))}{comment()}\n";
        }

        yield return random.Next(4) == 0 ? $"{line} {comment()}\n" : line + "\n";
    }

    private static IEnumerable<string> Lines(Random random)
    {
        string[][] sections =
        [
            ["pipeline: a"],
            ["stop: {", "  steps: 100,", "  }"],
            ["parameters:", "  clip: { type: float,", "    default: 0.2 }", "  seed: { type: int, default: 1 }"],
            ["stages:", .. Stage("world", random), .. Stage("team", random)],
            ["evaluate: { every: 10 }"],
        ];
        random.Shuffle(sections);
        return sections.SelectMany(s => s);
    }

    private static IEnumerable<string> Stage(string name, Random random)
    {
        string[][] entries =
        [
            ["    uses: x/y"],
            ["    with: { hidden: [", "        1,", "        2 ],", "        rate: 1 }"],
            ["    in:", "      steps:", "      - world.steps", "      - team.steps|>by-step", "      other: world.other"],
            ["    copies: 8"],
        ];
        random.Shuffle(entries);
        return entries.SelectMany(e => e).Prepend($"  {name}:");
    }

    private static string Format(string text)
    {
        var result = PipelineFormatter.Format(text, "x.yaml");
        Assert.Equal([], result.Diagnostics.Select(d => d.ToString()));
        FormatRules.Hold(text, result.Value);
        return result.Value;
    }
}
