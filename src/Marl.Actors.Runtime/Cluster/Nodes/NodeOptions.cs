using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cluster.Security;
using Microsoft.Extensions.Logging;

namespace Marl.Actors.Runtime.Cluster.Nodes;

/// <summary>How a process takes part in a cluster.</summary>
public sealed record NodeOptions
{
    /// <summary>Where it listens, by the name that others call it by; port 0 takes a free one. Null for the side of this machine that <see cref="Join"/> is on, or loopback.</summary>
    public NodeAddress? Listen { get; init; }

    /// <summary>A node of the cluster to join; null begins a cluster of its own.</summary>
    public NodeAddress? Join { get; init; }

    /// <summary>What it offers: <c>simulate</c>, <c>learn</c>, or any word that pipelines place stages on.</summary>
    public Values<string> Roles { get; init; } = [];

    /// <summary>How fast silence is taken for death.</summary>
    public Vigilance Vigilance { get; init; } = Vigilance.Patient;

    /// <summary>How long joining may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Threads of each of the actors' two dispatchers; null for one a core.</summary>
    public int? Threads { get; init; }

    /// <summary>Where the actors' log goes; null discards it.</summary>
    public ILoggerFactory? Logging { get; init; }

    /// <summary>What it shows to the others and whom it believes; null for no TLS, which loopback alone may do without.</summary>
    public Credentials? Credentials { get; init; }

    /// <summary>It may listen where other machines reach it although it has no <see cref="Credentials"/>.</summary>
    public bool IsInsecure { get; init; }

    /// <summary>Told, on any thread, who was turned away; null when nobody wants to know.</summary>
    public Action<Diagnostic>? Told { get; init; }
}

/// <summary>A host and a port.</summary>
public sealed record NodeAddress(string Host, int Port)
{
    /// <summary>Reads <c>HOST:PORT</c>.</summary>
    public static Result<NodeAddress> Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), out var port) && port is >= 0 and <= 65_535
            ? Result.Success(new NodeAddress(text[..colon], port))
            : Result.Failure<NodeAddress>(new Diagnostic(ClusterCodes.Address, SourceSpan.Whole("command line"), $"'{text}' is no address.", "Write HOST:PORT, as in 127.0.0.1:4053."));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>
/// When silence is taken for death. Shorter is sooner back at work, but a machine that is busy, or a process that is paused,
/// is given up for nothing.
/// </summary>
/// <param name="Heartbeat">Time between signs of life.</param>
/// <param name="Pause">Silence that is put up with.</param>
/// <param name="Stable">How long the picture must stay the same before those who are silent are given up.</param>
public sealed record Vigilance(TimeSpan Heartbeat, TimeSpan Pause, TimeSpan Stable)
{
    /// <summary>About ten seconds of silence, then five: for busy machines and wide networks.</summary>
    public static Vigilance Patient { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5));

    /// <summary>About two seconds of silence, then three: for quiet machines side by side.</summary>
    public static Vigilance Keen { get; } = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
}
