namespace Marl.Actors.Exploring;

/// <summary>Diagnostic codes about explorations.</summary>
public static class ExploreCodes
{
    /// <summary>A schedule or its faults changed what flowed along an edge, or what was learned.</summary>
    public const string Differs = "MARL3721";

    /// <summary>The interpreter can't do what was asked.</summary>
    public const string NotThere = "MARL3722";
}
