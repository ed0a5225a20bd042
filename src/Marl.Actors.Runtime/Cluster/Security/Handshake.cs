using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Cluster.Security;

/// <summary>
/// How two nodes come to believe each other. TLS is brought to its end whatever was shown, and then each side says whether it
/// believes the other: nothing else is written before both have said yes, and whoever says no, or hears it, hangs up. A
/// handshake that is broken off instead looks to the other side, often enough, as if this one had died.
/// </summary>
internal sealed class Handshake(Doorman doorman)
{
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    private static readonly byte[] yes = "MARL\u0001"u8.ToArray();
    private static readonly byte[] no = "MARL\u0000"u8.ToArray();

    /// <summary>Calls.</summary>
    /// <returns>The connection, or why there is none.</returns>
    public async Task<(SslStream? Stream, string Finding)> CallAsync(Socket socket, string who, CancellationToken limit)
    {
        string? doubt = "shows no certificate";
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        Diagnostic finding;
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = who[..who.LastIndexOf(':')].Trim('[', ']'),
                    ClientCertificateContext = doorman.Security.Shown,
                    CertificateChainPolicy = doorman.Security.Authority.Policy(),
                    EnabledSslProtocols = Versions,
                    AllowTlsResume = false,
                    RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
                    {
                        doubt = Doorman.Judge(shown, chain, errors);
                        return true; // it is told below
                    },
                },
                limit);
            var isBelieved = await AgreeAsync(stream, doubt, limit);
            if (doubt is null && isBelieved)
            {
                return (stream, "");
            }

            finding = doorman.Refuse(who, doubt ?? "does not accept this node's certificate; it says there why");
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            finding = doorman.Miss(who, e is OperationCanceledException ? "began to speak and fell silent" : "does not speak TLS, or hung up");
        }

        await stream.DisposeAsync();
        return (null, finding.Sentence);
    }

    /// <summary>Answers a call.</summary>
    /// <returns>The connection; null when it was turned away.</returns>
    public async Task<SslStream?> AnswerAsync(Socket socket, string who, CancellationToken limit)
    {
        string? doubt = "shows no certificate";
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = doorman.Security.Shown,
                    ClientCertificateRequired = true,
                    CertificateChainPolicy = doorman.Security.Authority.Policy(),
                    EnabledSslProtocols = Versions,
                    AllowTlsResume = false,
                    AllowRenegotiation = false,
                    RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
                    {
                        doubt = Doorman.Judge(shown, chain, errors);
                        return true; // it is told below
                    },
                },
                limit);
            var isBelieved = await AgreeAsync(stream, doubt, limit);
            if (doubt is null && isBelieved)
            {
                return stream;
            }

            doorman.TurnAway(who, doubt ?? "does not accept this node's certificate");
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            doorman.TurnAway(who, e is OperationCanceledException ? "said too little for too long" : "does not speak TLS, or hung up");
        }

        await stream.DisposeAsync();
        return null;
    }

    /// <summary>Says whether the other is believed, and hears whether this one is.</summary>
    private static async Task<bool> AgreeAsync(SslStream stream, string? doubt, CancellationToken limit)
    {
        await stream.WriteAsync(doubt is null ? yes : no, limit);
        var heard = new byte[yes.Length];
        await stream.ReadExactlyAsync(heard, limit);
        return heard.AsSpan().SequenceEqual(yes);
    }
}
