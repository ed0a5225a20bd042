namespace Marl.Actors.Pipelines.Campaigns;

/// <summary>Diagnostic codes about fault plans.</summary>
public static class FaultPlanCodes
{
    /// <summary>Unknown key.</summary>
    public const string UnknownKey = "MARL0311";

    /// <summary>A key is missing.</summary>
    public const string MissingKey = "MARL0312";

    /// <summary>A value is not what its key needs.</summary>
    public const string BadValue = "MARL0313";
}
