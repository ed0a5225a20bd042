using Marl.Actors.Benchmarks.Actors;
using Marl.Actors.Benchmarks.Processes;
using Marl.Actors.Benchmarks.Table;
using Marl.Actors.Benchmarks.Throwing;
using Marl.Actors.Benchmarks.Tracing;
using Marl.Actors.Benchmarks.Wire;
using Marl.Actors.Benchmarks.Worlds;

// Every figure stands beside another of the same run; run on an otherwise idle machine.
switch (args.FirstOrDefault())
{
    case "actors":
        return await ActorCost.RunAsync(args.Skip(1).Select(int.Parse).DefaultIfEmpty(0).ToArray());
    case "cluster":
        return await ProcessSpeed.RunAsync(args.ElementAtOrDefault(1), args.ElementAtOrDefault(2) is { } steps ? long.Parse(steps) : null);
    case "edges":
        return await EdgeCost.RunAsync([.. args.Skip(1).Select(int.Parse)]);
    case "push":
        return await PushCost.RunAsync();
    case TableCommand.Word:
        return await TableCommand.RunAsync(args[1..]);
    case "tracing":
        return TracingCost.Run(args.ElementAtOrDefault(1) ?? "pipelines/mappo-spread.yaml", long.Parse(args.ElementAtOrDefault(2) ?? "64000"));
    case "wire":
        return WireCost.Run();
    case "worlds":
        return WorldSpeed.Run(args.ElementAtOrDefault(1) ?? "", int.Parse(args.ElementAtOrDefault(2) ?? "1024"));
    case Probe.Word: // for programs, as all that follow
        return await Child.AnswerAsync(() => Probe.RunAsync(args));
    case ActorCost.Word:
        return await Child.AnswerAsync(() => ActorCost.AnswerAsync(args));
    case AgentScale.Word:
        return await Child.AnswerAsync(() => AgentScale.AnswerAsync(args));
    case Workers.Word:
        return await Workers.WorkAsync(args);
    case TcpFloor.Word:
        return TcpFloor.Catch(args[1], args[2]);
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project tests/Marl.Actors.Benchmarks -- actors [COPIES ...] | cluster [FILE [STEPS]] | edges [BYTES ...] | push | table [--only NAME] [--quick] [--out FILE] | tracing [FILE [STEPS]] | wire | worlds [NAME [COPIES]]");
        return 2;
}
