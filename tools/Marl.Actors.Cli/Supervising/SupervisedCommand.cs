using System.CommandLine;
using System.CommandLine.Parsing;
using Marl.Actors.Core.Results;
using Marl.Actors.Folders;
using Marl.Actors.Sweeps;

namespace Marl.Actors.Cli.Supervising;

/// <summary>A command of marl that is started again and again until it is done; of a run, how the rest of it is asked for.</summary>
/// <param name="Words">As it is started first.</param>
/// <param name="Rest">What is said about the rest of a run, behind its folder; empty for other commands.</param>
/// <param name="Folder">Where a run leaves its results; null for other commands.</param>
internal sealed record SupervisedCommand(Values<string> Words, Values<string> Rest, string? Folder)
{
    private static readonly string[] FixedByRun = ["--out", "--resume", "--set", "--seed"];

    /// <summary>The words for the next start.</summary>
    public Values<string> Next => Folder is null || !IsBegun(Folder) ? Words : ["run", "--resume", Folder, .. Rest];

    /// <summary>What grows with a run: the names of all its checkpoints; empty for other commands.</summary>
    public string Progress => Folder is null || !Directory.Exists(Folder) ? "" : string.Join('\n',
        Directory.EnumerateFiles(Folder, "*.checkpoint", SearchOption.AllDirectories).Order(StringComparer.Ordinal));

    /// <summary>Understands a command line.</summary>
    /// <param name="words">What stands behind <c>marl</c>.</param>
    /// <param name="root">Knows all commands.</param>
    /// <param name="time">Names the folder of a run that is given none.</param>
    /// <returns>The command, or what can't be supervised about it, in a sentence.</returns>
    public static (SupervisedCommand? Command, string? Problem) Of(Values<string> words, Command root, DateTimeOffset time)
    {
        var given = root.Parse([.. words]);
        if (given.CommandResult.Command is RootCommand)
        {
            return (null, "Name a command of marl to supervise, as in marl supervise -- run FILE.");
        }

        if (given.Errors.Count > 0 || given.CommandResult.Command.Name != "run")
        {
            return (new(words, [], null), null); // the command itself says what it doesn't understand
        }

        var options = given.CommandResult.Children.OfType<OptionResult>().Where(o => !o.Implicit).ToArray();
        if (options.Any(o => o.Option.Name == "--seeds"))
        {
            return (null, "A run of several --seeds can't be taken up again; supervise one seed at a time, or a sweep.");
        }

        Values<string> rest = [.. options.Where(o => !FixedByRun.Contains(o.Option.Name)).SelectMany(Spelled)];
        if (options.FirstOrDefault(o => o.Option.Name is "--out" or "--resume") is { } folder)
        {
            return (new(words, rest, folder.Tokens[^1].Value), null);
        }

        var file = given.CommandResult.Children.OfType<ArgumentResult>().First(a => a.Tokens.Count > 0).Tokens[0].Value;
        var unused = RunFolder.Unused(Path.GetFileNameWithoutExtension(file), time);
        return (new([.. words, "--out", unused], rest, unused), null);
    }

    private static IEnumerable<string> Spelled(OptionResult option) =>
        option.Tokens.Count == 0 ? [option.Option.Name] : option.Tokens.SelectMany(token => new[] { option.Option.Name, token.Value });

    private static bool IsBegun(string folder) => File.Exists(new RunFolder(folder).Record) || SweepFolder.IsOne(folder);
}
