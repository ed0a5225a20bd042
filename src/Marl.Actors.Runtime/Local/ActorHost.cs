using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marl.Actors.Runtime.Local;

/// <summary>Hosts an actor system: its settings, and where its log goes (Akka.Hosting → Microsoft.Extensions.Logging).</summary>
internal static class ActorHost
{
    /// <summary>The name of every actor system of ours; nodes of a cluster must agree on it.</summary>
    public const string SystemName = "marl";

    /// <summary>Makes the host; nothing runs before it is started.</summary>
    /// <param name="settings">HOCON, one key a line.</param>
    /// <param name="logging">Where the log goes; null discards it.</param>
    /// <param name="build">What else belongs to it.</param>
    public static IHost Build(string settings, ILoggerFactory? logging, Action<AkkaConfigurationBuilder> build)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { DisableDefaults = true });
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.AddSingleton(logging ?? NullLoggerFactory.Instance);
        builder.Services.AddAkka(SystemName, akka =>
        {
            akka.AddHocon(settings + "\n" + SilentLogger.Hocon, HoconAddMode.Prepend)
                .ConfigureLoggers(log =>
                {
                    log.ClearLoggers();
                    log.AddLoggerFactory();
                    if (logging is null)
                    {
                        log.LogLevel = Akka.Event.LogLevel.ErrorLevel; // of several systems at a time, one now and then prints its end
                    }
                });
            build(akka);
        });
        return builder.Build();
    }

    /// <summary>The host lives as long as the run; Ctrl-C is the caller's business.</summary>
    private sealed class CallerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
