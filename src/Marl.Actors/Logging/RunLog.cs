using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Extensions.Logging;

namespace Marl.Actors.Logging;

/// <summary>The actors' log through Serilog (Akka.Hosting → Microsoft.Extensions.Logging → Serilog).</summary>
internal static class RunLog
{
    private const string Template = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <summary>A log file. A disk that is full costs log lines, never the run.</summary>
    public static ILoggerFactory ToFile(string path)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .WriteTo.File(path, outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture)
            .CreateLogger();
        return new SerilogLoggerFactory(logger, dispose: true);
    }
}
