namespace Marl.Actors.Runtime.Cluster.Security;

/// <summary>Diagnostic codes about who may speak with a node.</summary>
public static class SecurityCodes
{
    /// <summary>An address that other machines reach, without certificates.</summary>
    public const string Open = "MARL3831";

    /// <summary>An address that stands for all addresses of a machine: nobody else can reach it by that name.</summary>
    public const string Unspecified = "MARL3832";

    /// <summary>A certificate can't be read, or has no key.</summary>
    public const string Certificate = "MARL3833";

    /// <summary>An authority can't be read.</summary>
    public const string Authority = "MARL3834";

    /// <summary>This node's own certificate would be refused by the others.</summary>
    public const string OwnCertificate = "MARL3835";

    /// <summary>Another process was turned away.</summary>
    public const string TurnedAway = "MARL3836";

    /// <summary>Another node has turned this one away, or is none of ours.</summary>
    public const string Refused = "MARL3837";

    /// <summary>Certificates can't be made there.</summary>
    public const string NotMade = "MARL3838";
}
