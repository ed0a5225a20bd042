using Marl.Actors.Benchmarks.Actors;

// Every figure is a ratio within one run on one core; run on an otherwise idle machine.
switch (args.FirstOrDefault())
{
    case "actors":
        return await ActorCost.RunAsync(args.Skip(1).Select(int.Parse).DefaultIfEmpty(0).ToArray());
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project tests/Marl.Actors.Benchmarks -- actors [COPIES ...]");
        return 2;
}
