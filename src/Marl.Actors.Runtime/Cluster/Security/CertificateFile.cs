using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Cluster.Security;

/// <summary>A certificate with its private key, as it was read.</summary>
/// <param name="Path">Where from.</param>
/// <param name="Leaf">The certificate that has the key.</param>
/// <param name="Others">What else the file holds: certificates between it and the authority.</param>
internal sealed record CertificateFile(string Path, X509Certificate2 Leaf, X509Certificate2Collection Others)
{
    private const int Longest = 1 << 20;

    /// <summary>Reads PEM or PFX, whichever it is.</summary>
    public static Result<CertificateFile> Read(string path, string? password)
    {
        var content = WholeFile.Read(path, Longest);
        if (!content.IsSuccess)
        {
            return Result.Failure<CertificateFile>(content.Diagnostics);
        }

        try
        {
            return IsPem(content.Value) ? OfPem(path, Encoding.UTF8.GetString(content.Value), password) : OfPfx(path, content.Value, password);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return Wrong(path, string.IsNullOrEmpty(password) ? "can't be read; it may need a password" : "can't be read with this password",
                $"Put the right password into the environment variable {Credentials.PasswordVariable}, and give a PFX file or a PEM file with a certificate and its key.");
        }
    }

    /// <summary>PEM is text; the others are not.</summary>
    internal static bool IsPem(byte[] content) => content.AsSpan().IndexOf("-----BEGIN "u8) >= 0;

    private static Result<CertificateFile> OfPem(string path, string text, string? password)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(text);
        var isEncrypted = text.Contains("-----BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal);
        if (all.Count == 0)
        {
            return Wrong(path, "holds no certificate", "Give a PEM file with a certificate and its key, or a PFX file.");
        }

        if (!text.Contains(" PRIVATE KEY-----", StringComparison.Ordinal))
        {
            return Wrong(path, "holds no private key", "Append the key: cat node.key >> node.pem; or give a PFX file.");
        }

        var leaf = isEncrypted ? X509Certificate2.CreateFromEncryptedPem(text, text, password ?? "") : X509Certificate2.CreateFromPem(text, text);
        var others = all.Where(c => c.Thumbprint != leaf.Thumbprint).ToArray();
        return Result.Success(new CertificateFile(path, Kept(leaf), [.. others]));
    }

    private static Result<CertificateFile> OfPfx(string path, byte[] content, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12Collection(content, password ?? "");
        var leaf = all.FirstOrDefault(c => c.HasPrivateKey);
        return leaf is null
            ? Wrong(path, "holds no certificate with a private key", "Export it with its key.")
            : Result.Success(new CertificateFile(path, leaf, [.. all.Where(c => !c.HasPrivateKey)]));
    }

    /// <summary>Windows shows no certificate to others whose key lies in memory only.</summary>
    private static X509Certificate2 Kept(X509Certificate2 leaf) =>
        OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null) : leaf;

    private static Result<CertificateFile> Wrong(string path, string what, string remedy) => Result.Failure<CertificateFile>(new Diagnostic(
        SecurityCodes.Certificate, SourceSpan.Whole(path), $"This certificate file {what}.", remedy));
}
