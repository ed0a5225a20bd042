using System.CommandLine;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Languages;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl communication</c>: what the agents of a run say to each other, and whether anybody listens.</summary>
internal static class CommunicationCommand
{
    private const long Shuffles = 1_000;
    private const long MostShuffles = 1_000_000;

    public static Command Create(Screen screen)
    {
        var run = Arguments.Run();
        var episodes = Arguments.Whole("--episodes", "How many, instead of as many as the pipeline says.", 1, int.MaxValue);
        var greedy = new Option<bool>("--greedy") { Description = "Takes the likeliest actions and words." };
        var sampled = new Option<bool>("--sampled") { Description = "Samples actions and words. Without either, as the pipeline says." };
        var seed = Arguments.Seed("The root of worlds and actions, in place of the run's.");
        var shuffles = Arguments.Whole("--shuffles", $"Dealings of each permutation test. {Shuffles} unless given.", 1, MostShuffles);
        var command = new ExampleCommand(
            "communication",
            "Measures what the agents of a run say to each other: whether messages depend on what speakers see and do, whether listeners heed them (found by making them hear others), and what the channel is worth. Writes tables and a picture into the run's folder.",
            "marl communication runs/rial-lewis-20260101-120000 --episodes 1000")
        {
            run, episodes, greedy, sampled, seed, shuffles,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(greedy) && result.GetValue(sampled))
            {
                result.AddError("Give either --greedy or --sampled.");
            }
        });
        command.SetAction(async parsed =>
        {
            var found = await LanguageStudy.RunAsync(
                new()
                {
                    RunFolder = parsed.GetValue(run)!,
                    Episodes = (int?)parsed.GetValue(episodes),
                    Greedy = parsed.GetValue(greedy) ? true : parsed.GetValue(sampled) ? false : null,
                    Seed = parsed.GetValue(seed),
                },
                (int)(parsed.GetValue(shuffles) ?? Shuffles));
            screen.Report(found.Diagnostics);
            if (!found.IsSuccess)
            {
                return ExitCodes.Failure;
            }

            LanguagePrinter.Print(screen.Out, found.Value);
            return ExitCodes.Success;
        });
        return command;
    }
}
