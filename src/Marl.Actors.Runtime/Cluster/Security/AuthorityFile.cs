using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Cluster.Security;

/// <summary>The certificate, or several, that the nodes' certificates are signed by.</summary>
/// <param name="Path">Where from.</param>
/// <param name="Certificates">Those that sign.</param>
internal sealed record AuthorityFile(string Path, X509Certificate2Collection Certificates)
{
    private const int Longest = 1 << 20;

    /// <summary>Reads PEM or DER.</summary>
    public static Result<AuthorityFile> Read(string path)
    {
        var content = WholeFile.Read(path, Longest);
        if (!content.IsSuccess)
        {
            return Result.Failure<AuthorityFile>(content.Diagnostics);
        }

        var certificates = new X509Certificate2Collection();
        try
        {
            if (CertificateFile.IsPem(content.Value))
            {
                certificates.ImportFromPem(Encoding.UTF8.GetString(content.Value));
            }
            else
            {
                certificates.Add(X509CertificateLoader.LoadCertificate(content.Value));
            }
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            certificates.Clear();
        }

        return certificates.Count > 0 ? Result.Success(new AuthorityFile(path, certificates)) : Result.Failure<AuthorityFile>(new Diagnostic(
            SecurityCodes.Authority, SourceSpan.Whole(path), "This authority file holds no certificate.", "Give a PEM file with the certificate that the nodes' certificates are signed by."));
    }

    /// <summary>How certificates are judged: by these authorities, and by nobody the machine trusts otherwise; nothing is downloaded for it.</summary>
    /// <param name="others">Certificates that may stand between.</param>
    public X509ChainPolicy Policy(X509Certificate2Collection? others = null)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(Certificates);
        policy.ExtraStore.AddRange(others ?? []);
        return policy;
    }
}
