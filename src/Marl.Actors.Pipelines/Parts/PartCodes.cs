namespace Marl.Actors.Pipelines.Parts;

/// <summary>Codes of diagnostics about parts and their use.</summary>
public static class PartCodes
{
    /// <summary>An unknown key in a part.</summary>
    public const string UnknownKey = "MARL1501";

    /// <summary>A key that every part has is missing.</summary>
    public const string MissingKey = "MARL1502";

    /// <summary>A stage inside has a name that parts or runs need for themselves.</summary>
    public const string ReservedName = "MARL1503";

    /// <summary>A stage inside reads an input that the part does not declare.</summary>
    public const string UndeclaredInput = "MARL1504";

    /// <summary>Nothing inside reads an input that the part declares.</summary>
    public const string UnreadInput = "MARL1505";

    /// <summary>There is no such part file.</summary>
    public const string NotFound = "MARL1506";

    /// <summary>A part is named by a path that holds on one machine only.</summary>
    public const string AbsolutePath = "MARL1507";

    /// <summary>A part uses itself, perhaps through others.</summary>
    public const string Cycle = "MARL1508";

    /// <summary>Parts within parts make more stages or edges than any machine could run.</summary>
    public const string TooLarge = "MARL1509";

    /// <summary><c>each:</c> or <c>copies:</c> on a part.</summary>
    public const string NotMultiplied = "MARL1510";

    /// <summary>The part has no such parameter.</summary>
    public const string UnknownParameter = "MARL1511";

    /// <summary>A parameter without a default is not given.</summary>
    public const string MissingParameter = "MARL1512";

    /// <summary>A parameter's value is of the wrong type, or out of range.</summary>
    public const string ParameterValue = "MARL1513";

    /// <summary>The part has no such input.</summary>
    public const string UnknownInput = "MARL1514";

    /// <summary>A required input is not fed.</summary>
    public const string OpenInput = "MARL1515";

    /// <summary>The part has no such output.</summary>
    public const string UnknownOutput = "MARL1516";

    /// <summary>Inputs and outputs of parts lead to each other and to no stage.</summary>
    public const string NoStageBehind = "MARL1517";

    /// <summary>The kind an input declares is not the kind the ports inside take.</summary>
    public const string InputKind = "MARL1518";
}
