using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Marl.Actors.Runtime.Cluster.Security;
using Marl.Actors.Testing.Files;

namespace Marl.Actors.Runtime.Tests.Cluster.Security;

/// <summary>Two authorities and what they have signed, as files: good ones, and each way a certificate can be bad.</summary>
public sealed class TestCertificates : IDisposable
{
    /// <summary>Of the PFX file.</summary>
    public const string Password = "öffne dich";

    private readonly TemporaryFolder folder = new();

    public TestCertificates()
    {
        var now = DateTimeOffset.UtcNow;
        using var ours = Authority("ours");
        using var theirs = Authority("theirs");
        Write("both.pem", File.ReadAllText(this["ours.pem"]) + File.ReadAllText(this["theirs.pem"]));
        using var first = Leaf(ours, "first", now.AddDays(-1), now.AddDays(1));
        using var second = Leaf(ours, "second", now.AddDays(-1), now.AddDays(1));
        using var foreign = Leaf(theirs, "foreign", now.AddDays(-1), now.AddDays(1));
        using var expired = Leaf(ours, "expired", now.AddDays(-3), now.AddDays(-1));
        using var early = Leaf(ours, "early", now.AddDays(1), now.AddDays(2));
        using var server = Leaf(ours, "server", now.AddDays(-1), now.AddDays(1), "1.3.6.1.5.5.7.3.1");
        File.WriteAllBytes(this["first.pfx"], first.Export(X509ContentType.Pkcs12, Password));
        Write("keyless.pem", first.ExportCertificatePem());
        Write("locked.pem", second.ExportCertificatePem() + "\n" + second.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem(Password, new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000)));
        Write("broken.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n");
        Write("empty.pem", "");
    }

    /// <summary>The path of one: <c>first</c>, <c>second</c>, <c>foreign</c>, <c>expired</c>, <c>early</c>, <c>server</c> with their keys; <c>ours</c>, <c>theirs</c>, <c>both</c>.</summary>
    public string this[string file] => folder[file];

    /// <summary>A node's certificate and authority.</summary>
    public Credentials Of(string certificate, string authority = "ours") => new(this[certificate + ".pem"], this[authority + ".pem"]);

    public void Dispose() => folder.Dispose();

    private X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(9));
        Write(name + ".pem", made.ExportCertificatePem() + "\n");
        return made;
    }

    private X509Certificate2 Leaf(X509Certificate2 signer, string name, DateTimeOffset from, DateTimeOffset to, params string[] usages)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        if (usages.Length > 0)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. usages.Select(u => new Oid(u))], false));
        }

        using var bare = request.Create(signer, from, to, RandomNumberGenerator.GetBytes(8));
        var made = bare.CopyWithPrivateKey(key);
        Write(name + ".pem", made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return made;
    }

    private void Write(string name, string text) => File.WriteAllText(folder[name], text);
}
