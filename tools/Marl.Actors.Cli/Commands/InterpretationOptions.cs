using System.CommandLine;
using System.CommandLine.Parsing;
using Marl.Actors.Experiments;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>--interpreter</c>, <c>--schedule</c> and <c>--threads</c>: what carries a run. They never change its results.</summary>
internal sealed class InterpretationOptions
{
    private static readonly string[] Names = [.. new[] { Interpreter.Local, Interpreter.Simulated }.Select(n => n.ToString().ToLowerInvariant())];

    private const int MostThreads = 1024;

    private readonly Option<string?> interpreter = new("--interpreter")
    {
        Description = "local: actors (default). simulated: no actors, one thread. Results are the same; see also --processes and --cluster.",
        HelpName = string.Join('|', Names),
    };

    private readonly Option<long?> schedule = Arguments.Whole("--schedule", "Seed of the order in which one thread runs everything, to explore orders; goes with --interpreter.", 0);
    private readonly Option<long?> threads = Arguments.Whole("--threads", "Threads for acting and as many for learning, instead of one a core each.", 1);

    public InterpretationOptions() => interpreter.AcceptOnlyFromAmong(Names);

    /// <summary>Adds them to a command, with what can't stand together.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(interpreter);
        command.Options.Add(schedule);
        command.Options.Add(threads);
        command.Validators.Add(given =>
        {
            if (Problem(given) is { } problem)
            {
                given.AddError(problem);
            }
        });
    }

    /// <summary>What was asked for.</summary>
    public Interpretation Of(ParseResult given) => new(Parse(given.GetValue(interpreter)), given.GetValue(schedule), given.GetValue(threads) is { } count ? (int)Math.Min(count, MostThreads) : null);

    private static Interpreter Parse(string? name) => name is null ? Interpreter.Local : Enum.Parse<Interpreter>(name, ignoreCase: true);

    private string? Problem(CommandResult given)
    {
        var isScheduled = given.GetResult(schedule) is not null;
        if (isScheduled && given.GetResult(interpreter) is null)
        {
            return "--schedule needs an --interpreter: simulated, or local for the actors on one thread.";
        }

        if (given.GetResult(threads) is null)
        {
            return null;
        }

        var isSimulated = given.GetResult(interpreter)?.Tokens is [.., { Value: "simulated" }];
        var asked = new Interpretation(isSimulated ? Interpreter.Simulated : Interpreter.Local, isScheduled ? 0 : null, Threads: 1);
        return asked.Problem is { } problem ? $"--threads: {problem.Sentence} {problem.Remedy}" : null;
    }
}
