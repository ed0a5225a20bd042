using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Marl.Actors.Runtime.Cluster.Security;

/// <summary>
/// How two nodes come to believe each other. With TLS 1.3 whoever calls is through before the other has looked at its
/// certificate; so it waits for a greeting, which says that it was let in.
/// </summary>
internal sealed class Handshake(Doorman doorman)
{
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    private static readonly byte[] greeting = "MARL\u0001"u8.ToArray();

    /// <summary>Calls.</summary>
    /// <returns>The connection, or why there is none.</returns>
    public async Task<(SslStream? Stream, string Finding)> CallAsync(Socket socket, string who, CancellationToken limit)
    {
        string? doubt = null;
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        var isThrough = false;
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
                    RemoteCertificateValidationCallback = (_, shown, chain, errors) => (doubt = Doorman.Judge(shown, chain, errors)) is null,
                },
                limit);
            isThrough = true;
            var heard = new byte[greeting.Length];
            await stream.ReadExactlyAsync(heard, limit);
            if (heard.AsSpan().SequenceEqual(greeting))
            {
                return (stream, "");
            }

            doubt = "is none of ours, though its certificate is";
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            await stream.DisposeAsync();
            return (null, (doubt is not null ? doorman.Refuse(who, doubt)
                : IsAlert(e) || (isThrough && e is not OperationCanceledException) ? doorman.Refuse(who, "does not accept this node's certificate; it says there why")
                : e is OperationCanceledException ? doorman.Miss(who, "began to speak and fell silent")
                : doorman.Miss(who, "does not speak TLS, or hung up")).Sentence);
        }

        await stream.DisposeAsync();
        return (null, doorman.Refuse(who, doubt).Sentence);
    }

    /// <summary>Answers a call.</summary>
    /// <returns>The connection; null when it was turned away.</returns>
    public async Task<SslStream?> AnswerAsync(Socket socket, string who, CancellationToken limit)
    {
        string? doubt = null;
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
                    RemoteCertificateValidationCallback = (_, shown, chain, errors) => (doubt = Doorman.Judge(shown, chain, errors)) is null,
                },
                limit);
            await stream.WriteAsync(greeting, limit);
            return stream;
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            doorman.TurnAway(who, doubt ?? (IsAlert(e) ? "does not accept this node's certificate" : e is OperationCanceledException ? "said too little for too long" : "does not speak TLS, or hung up"));
            await stream.DisposeAsync();
            return null;
        }
    }

    /// <summary>The other end has said, in TLS, that it does not like what it saw.</summary>
    private static bool IsAlert(Exception e)
    {
        for (Exception? inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner.Message.Contains("alert", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
