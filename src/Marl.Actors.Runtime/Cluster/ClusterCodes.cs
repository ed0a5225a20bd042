namespace Marl.Actors.Runtime.Cluster;

/// <summary>Diagnostic codes about nodes and runs that span several.</summary>
public static class ClusterCodes
{
    /// <summary>The address can't be listened on.</summary>
    public const string CannotListen = "MARL3820";

    /// <summary>Nobody answers at the address to join.</summary>
    public const string NobodyThere = "MARL3821";

    /// <summary>No node has the role that stages are placed on.</summary>
    public const string NoNodeForRole = "MARL3822";

    /// <summary>A node can't load the pipeline, or has other components.</summary>
    public const string NodeRefused = "MARL3823";

    /// <summary>A node does not answer while a run is being set up.</summary>
    public const string NodeSilent = "MARL3824";

    /// <summary>Nodes were lost too often without progress in between.</summary>
    public const string NoProgress = "MARL3825";

    /// <summary>What is asked for is not to be had on a cluster.</summary>
    public const string NotOnCluster = "MARL3826";

    /// <summary>Another process has taken this run over.</summary>
    public const string Fenced = "MARL3827";

    /// <summary>An address is not HOST:PORT.</summary>
    public const string Address = "MARL3828";

    /// <summary>A worker process can't be started, or dies at once.</summary>
    public const string WorkerFailed = "MARL3829";

    /// <summary>A node was lost where nothing can be done again from a checkpoint.</summary>
    public const string Interrupted = "MARL3830";
}
