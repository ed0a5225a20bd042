using Marl.Actors.Cli;
using Marl.Actors.Cli.Printing;

return await CommandLine.RunAsync(args, Screen.OfProcess());
