namespace Marl.Actors.Runtime.Faults;

/// <summary>Diagnostic codes about runs over a faulty network.</summary>
public static class FaultCodes
{
    /// <summary>A token reached its consumer twice.</summary>
    public const string Twice = "MARL3710";

    /// <summary>Tokens never reached their consumer, or one came before its turn.</summary>
    public const string Lost = "MARL3711";

    /// <summary>A stamp went back.</summary>
    public const string StampWentBack = "MARL3712";

    /// <summary>A token came after the end of its stream.</summary>
    public const string AfterEnd = "MARL3713";

    /// <summary>A fault plan names an edge the graph has not.</summary>
    public const string NoSuchEdge = "MARL3714";

    /// <summary>A fault plan lets a stage crash that the graph has not.</summary>
    public const string NoSuchStage = "MARL3715";
}
