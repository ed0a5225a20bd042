using Akka.Event;

namespace Marl.Actors.Runtime.Local;

/// <summary>
/// Stands where Akka has its logger of standard output, which it goes back to while a system ends, whatever
/// <c>stdout-loglevel</c> says: its last line came before the JSON of <c>marl run --json</c>.
/// </summary>
internal sealed class SilentLogger : MinimalLogger
{
    /// <summary>The setting that puts it there.</summary>
    public static string Hocon { get; } = $"akka.stdout-logger-class = \"{typeof(SilentLogger).AssemblyQualifiedName}\"";

    protected override void Log(object message)
    {
    }
}
