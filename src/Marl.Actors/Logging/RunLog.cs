using System.Globalization;
using Marl.Actors.Core.Files;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Extensions.Logging;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace Marl.Actors.Logging;

/// <summary>The actors' log through Serilog (Akka.Hosting → Microsoft.Extensions.Logging → Serilog).</summary>
internal static class RunLog
{
    private const string Template = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Node} {ActorPath} {Message:lj}{NewLine}{Exception}";

    /// <summary>A log file. A disk that is full costs log lines, never the run.</summary>
    /// <param name="path">The file.</param>
    /// <param name="node">What stands for this process on every line, before the actor, whose path names run, epoch and stage.</param>
    public static ILoggerFactory ToFile(string path, string? node = null)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .Enrich.WithProperty("Node", node ?? $"{Environment.MachineName}/{Environment.ProcessId}")
            .WriteTo.File(path, outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture)
            .CreateLogger();
        return new LogFile(new SerilogLoggerFactory(logger, dispose: true));
    }

    /// <summary>Serilog swallows what goes wrong while it writes, but not what goes wrong with the last flush.</summary>
    private sealed class LogFile(SerilogLoggerFactory serilog) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => serilog.CreateLogger(categoryName);

        public void AddProvider(ILoggerProvider provider) => serilog.AddProvider(provider);

        public void Dispose()
        {
            try
            {
                serilog.Dispose();
            }
            catch (Exception e) when (FileFaults.IsFault(e))
            {
                // The last lines are lost; the run's own outcome says that the disk is full.
            }
        }
    }
}
