using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace Marl.Actors.Runtime.Cluster.Security;

/// <summary>Why a certificate is not believed, in a few words.</summary>
internal static class Distrust
{
    /// <summary>The name in a certificate, for people.</summary>
    public static string Name(X509Certificate2 certificate) => $"'{certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)}'";

    /// <summary>Goes on from "a certificate that".</summary>
    public static string Of(X509Certificate2 certificate, X509Chain? chain)
    {
        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, s) => all | s.Status) ?? X509ChainStatusFlags.NoError;
        return (status & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid)) != 0
                ? "is not signed by the authority"
            : (status & X509ChainStatusFlags.NotTimeValid) != 0 ? $"is valid from {Day(certificate.NotBefore)} to {Day(certificate.NotAfter)} only"
            : (status & X509ChainStatusFlags.NotValidForUsage) != 0 ? "is not meant for both clients and servers"
            : $"is not in order: {status}";
    }

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
