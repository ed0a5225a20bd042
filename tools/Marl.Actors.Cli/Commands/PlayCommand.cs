using System.CommandLine;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Evaluations;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl play</c>: an episode as a moving picture.</summary>
internal static class PlayCommand
{
    public static Command Create(Screen screen)
    {
        var run = Arguments.Run();
        var picture = new Option<string?>("--out") { Description = "The picture, instead of episode.svg in the run's folder.", HelpName = "FILE.svg" };
        var seed = Arguments.Seed("Another seed shows another episode.");
        var command = new ExampleCommand(
            "play",
            "Plays an episode with the policies a run has saved and writes it as an animated SVG.",
            "marl play runs/mappo-spread-20260101-120000 --seed 7 --out episode.svg")
        {
            run, picture, seed,
        };
        command.SetAction(async parsed =>
        {
            var played = await EpisodePlay.RunAsync(new() { RunFolder = parsed.GetValue(run)!, Seed = parsed.GetValue(seed) }, parsed.GetValue(picture));
            screen.Report(played.Diagnostics);
            if (!played.IsSuccess)
            {
                return ExitCodes.Failure;
            }

            new TextTable([])
                .Add("return", Figures.Return(played.Value.Return))
                .Add("picture", played.Value.Path)
                .Print(screen.Out);
            return ExitCodes.Success;
        });
        return command;
    }
}
