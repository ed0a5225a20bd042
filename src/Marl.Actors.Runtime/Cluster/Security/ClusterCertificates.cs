using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Cluster.Security;

/// <summary>
/// Makes the certificates of a cluster: an authority of its own, and one certificate for each node that is named. Elliptic
/// curve keys (P-256), which only their owner may read.
/// </summary>
public static class ClusterCertificates
{
    /// <summary>The authority's certificate: every node gets a copy.</summary>
    public const string Authority = "authority.pem";

    /// <summary>The authority's key: whoever has it decides who belongs to the cluster. No node needs it.</summary>
    public const string AuthorityKey = "authority.key";

    private const int MostDays = 825; // what is usual at most for certificates

    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5); // clocks differ

    /// <summary>Makes what is missing: the authority if the folder has none, and a certificate with its key, <c>NAME.pem</c>, for every name.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="names">Of nodes. They are for people; nobody checks them.</param>
    /// <param name="days">How long a node's certificate is good. The authority's is for ten years.</param>
    /// <param name="now">From when.</param>
    /// <returns>The files that were written.</returns>
    public static Result<Values<string>> Make(string folder, Values<string> names, int days, DateTimeOffset now)
    {
        var problem = names.FirstOrDefault(n => n.Length == 0 || n == "authority" || n.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')) || n[0] == '.') is { } odd
                ? Wrong(folder, $"'{odd}' can't be a node's name here.", "Use letters, digits, '-', '_' and '.'; 'authority' is taken.")
            : days is < 1 or > MostDays ? Wrong(folder, $"A certificate can't be good for {days} days.", $"Give 1 to {MostDays}.")
            : names.FirstOrDefault(n => File.Exists(Path.Combine(folder, n + ".pem"))) is { } there
                ? Wrong(folder, $"{there}.pem is there already.", "Give another name, or remove it first.")
            : null;
        return problem is not null ? Result.Failure<Values<string>>(problem) : WholeFile.Folder(folder).Then(_ => Signer(folder, now)).Then(signer =>
        {
            using var authority = signer.Certificate;
            var written = new List<string>(signer.Written);
            foreach (var name in names)
            {
                var path = Path.Combine(folder, name + ".pem");
                var put = WholeFile.WritePrivate(path, Leaf(authority, name, now - Slack, now.AddDays(days)));
                if (!put.IsSuccess)
                {
                    return Result.Failure<Values<string>>(put.Diagnostics);
                }

                written.Add(path);
            }

            return Result.Success<Values<string>>([.. written]);
        });
    }

    private static Result<(X509Certificate2 Certificate, Values<string> Written)> Signer(string folder, DateTimeOffset now)
    {
        var (path, keyPath) = (Path.Combine(folder, Authority), Path.Combine(folder, AuthorityKey));
        return File.Exists(path) && File.Exists(keyPath) ? Known(path, keyPath, now)
            : File.Exists(path) || File.Exists(keyPath)
                ? Result.Failure<(X509Certificate2, Values<string>)>(Wrong(folder, $"Of {Authority} and {AuthorityKey} one is there and the other is not.", "Bring both, or choose an empty folder for a new authority."))
            : Fresh(path, keyPath, now);
    }

    private static Result<(X509Certificate2 Certificate, Values<string> Written)> Known(string path, string keyPath, DateTimeOffset now) =>
        WholeFile.Read(path, 1 << 20).Then(certificate => WholeFile.Read(keyPath, 1 << 20).Then(key =>
        {
            try
            {
                var signer = X509Certificate2.CreateFromPem(System.Text.Encoding.UTF8.GetString(certificate), System.Text.Encoding.UTF8.GetString(key));
                return signer.NotAfter.ToUniversalTime() > now.UtcDateTime
                    ? Result.Success<(X509Certificate2, Values<string>)>((signer, []))
                    : Result.Failure<(X509Certificate2, Values<string>)>(Wrong(path, "This authority is over.", "Make a new one in an empty folder, and give it to every node."));
            }
            catch (Exception e) when (e is CryptographicException or ArgumentException)
            {
                return Result.Failure<(X509Certificate2, Values<string>)>(Wrong(path, $"This and {AuthorityKey} are no certificate and its key.", "Choose an empty folder for a new authority."));
            }
        }));

    private static Result<(X509Certificate2 Certificate, Values<string> Written)> Fresh(string path, string keyPath, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Marl.Actors cluster of {now.UtcDateTime:yyyy-MM-dd}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var signer = request.CreateSelfSigned(now - Slack - Slack, now.AddYears(10));
        return WholeFile.WritePrivate(keyPath, key.ExportPkcs8PrivateKeyPem() + "\n")
            .Then(_ => WholeFile.Write(path, signer.ExportCertificatePem() + "\n"))
            .Map<(X509Certificate2, Values<string>)>(_ => (signer, [path, keyPath]));
    }

    /// <summary>A certificate and its key, as PEM.</summary>
    private static string Leaf(X509Certificate2 signer, string name, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(Usages.Server), new(Usages.Client)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(signer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var until = signer.NotAfter.ToUniversalTime() < to.UtcDateTime ? signer.NotAfter.ToUniversalTime() : to;
        using var certificate = request.Create(signer, from, until, RandomNumberGenerator.GetBytes(16));
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    private static Diagnostic Wrong(string where, string sentence, string remedy) => new(SecurityCodes.NotMade, SourceSpan.Whole(where), sentence, remedy);
}
