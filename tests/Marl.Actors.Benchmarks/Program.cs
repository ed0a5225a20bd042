using Marl.Actors.Benchmarks.Actors;
using Marl.Actors.Benchmarks.Tracing;
using Marl.Actors.Benchmarks.Worlds;

// Every figure is a ratio within one run on one core; run on an otherwise idle machine.
switch (args.FirstOrDefault())
{
    case "actors":
        return await ActorCost.RunAsync(args.Skip(1).Select(int.Parse).DefaultIfEmpty(0).ToArray());
    case "tracing":
        return TracingCost.Run(args.ElementAtOrDefault(1) ?? "pipelines/mappo-spread.yaml", long.Parse(args.ElementAtOrDefault(2) ?? "64000"));
    case "worlds":
        return WorldSpeed.Run(args.ElementAtOrDefault(1) ?? "", int.Parse(args.ElementAtOrDefault(2) ?? "1024"));
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project tests/Marl.Actors.Benchmarks -- actors [COPIES ...] | tracing [FILE [STEPS]] | worlds [NAME [COPIES]]");
        return 2;
}
