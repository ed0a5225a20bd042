using System.Runtime.CompilerServices;

namespace Marl.Actors.Cli.Tests.Processes;

/// <summary>
/// Many tests here wait for processes at a time, some of them on threads of the pool. Left alone the pool adds a thread now and
/// then, and a line that a process has printed is read many seconds later.
/// </summary>
internal static class Threads
{
    private const int Least = 64;

    [ModuleInitializer]
    internal static void HaveEnough() => ThreadPool.SetMinThreads(Least, Least);
}
