namespace Marl.Actors.Pipelines.Campaigns.Sweeps;

/// <summary>Codes of diagnostics about sweeps.</summary>
public static class SweepCodes
{
    /// <summary>Unknown key.</summary>
    public const string UnknownKey = "MARL1530";

    /// <summary>A key is missing.</summary>
    public const string MissingKey = "MARL1531";

    /// <summary>A value is not what its key needs.</summary>
    public const string BadValue = "MARL1532";

    /// <summary>There is no such pipeline file.</summary>
    public const string PipelineNotFound = "MARL1533";

    /// <summary>The pipeline has no such parameter.</summary>
    public const string UnknownParameter = "MARL1534";

    /// <summary>A value is not of the parameter's type, or outside its range.</summary>
    public const string ParameterValue = "MARL1535";

    /// <summary>A value or a parameter stands twice.</summary>
    public const string Repeated = "MARL1536";

    /// <summary>The seed is swept as if it were a parameter like others.</summary>
    public const string SweptSeed = "MARL1537";

    /// <summary>A distribution that a parameter of that type cannot have.</summary>
    public const string Distribution = "MARL1538";

    /// <summary>More settings than anybody would wait for.</summary>
    public const string TooMany = "MARL1539";

    /// <summary>The pipeline does not evaluate, so that settings cannot be compared.</summary>
    public const string NoEvaluation = "MARL1540";

    /// <summary>A run ends before its first evaluation of something learned.</summary>
    public const string NothingMeasured = "MARL1541";

    /// <summary>The command line sets a parameter that is swept.</summary>
    public const string OverrideOfSwept = "MARL1542";

    /// <summary>A setting makes a pipeline that does not compile.</summary>
    public const string SettingRefused = "MARL1543";
}
