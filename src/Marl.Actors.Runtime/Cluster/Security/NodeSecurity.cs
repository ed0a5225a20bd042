using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Cluster.Security;

/// <summary>
/// Where a node finds what it shows to the others and whom it believes: TLS both ways, everybody with a certificate of one
/// authority. The authority says who belongs to the cluster, so it should be one that was made for it; names in certificates
/// are not looked at.
/// </summary>
/// <param name="Certificate">A PFX file, or a PEM file with a certificate and its key.</param>
/// <param name="Authority">A PEM or DER file with the certificate that the nodes' certificates are signed by.</param>
/// <param name="Password">Of the PFX file or the key; null or empty for none.</param>
public sealed record Credentials(string Certificate, string Authority, string? Password = null)
{
    /// <summary>The environment variable that <c>marl</c> takes the password from.</summary>
    public const string PasswordVariable = "MARL_CERTIFICATE_PASSWORD";

    /// <summary>The files; never the password.</summary>
    public override string ToString() => $"{Certificate}, {Authority}";
}

/// <summary>Credentials that have been read and are in order.</summary>
internal sealed class NodeSecurity
{
    /// <summary>As they were read; whether the others will take the certificate is not looked at.</summary>
    internal NodeSecurity(CertificateFile own, AuthorityFile authority)
    {
        Own = own;
        Authority = authority;
        Shown = SslStreamCertificateContext.Create(own.Leaf, own.Others, offline: true);
    }

    /// <summary>The certificate with its key, and what stands between it and the authority.</summary>
    internal CertificateFile Own { get; }

    /// <summary>Who signs.</summary>
    internal AuthorityFile Authority { get; }

    /// <summary>What the others are shown.</summary>
    internal SslStreamCertificateContext Shown { get; }

    /// <summary>Reads both files and makes sure that the others will take the certificate.</summary>
    /// <returns>Or why it can't be: <see cref="SecurityCodes.Certificate"/>, <see cref="SecurityCodes.Authority"/>, <see cref="SecurityCodes.OwnCertificate"/>; null for none.</returns>
    public static Result<NodeSecurity?> Load(Credentials? from) => from is null
        ? Result.Success<NodeSecurity?>(null)
        : CertificateFile.Read(from.Certificate, from.Password).Then(own => AuthorityFile.Read(from.Authority).Then(signer => Of(own, signer)));

    private static Result<NodeSecurity?> Of(CertificateFile own, AuthorityFile authority)
    {
        using var chain = new X509Chain { ChainPolicy = authority.Policy(own.Others) };
        chain.ChainPolicy.ApplicationPolicy.Add(new(Usages.Server));
        chain.ChainPolicy.ApplicationPolicy.Add(new(Usages.Client));
        return chain.Build(own.Leaf)
            ? Result.Success<NodeSecurity?>(new(own, authority))
            : Result.Failure<NodeSecurity?>(new Diagnostic(
                SecurityCodes.OwnCertificate, SourceSpan.Whole(own.Path), $"The certificate {Distrust.Name(own.Leaf)} {Distrust.Of(own.Leaf, chain)}: the other nodes would refuse it.",
                $"Use one that is valid now, for clients and servers, and signed by {authority.Path}: marl cluster certificates makes both."));
    }
}

/// <summary>What a certificate may be used for (RFC 5280, 4.2.1.12).</summary>
internal static class Usages
{
    /// <summary>To show to clients.</summary>
    public const string Server = "1.3.6.1.5.5.7.3.1";

    /// <summary>To show to servers.</summary>
    public const string Client = "1.3.6.1.5.5.7.3.2";
}
