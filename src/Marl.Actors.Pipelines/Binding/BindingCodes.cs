namespace Marl.Actors.Pipelines.Binding;

/// <summary>Codes of diagnostics about names and values: what the file says against what the catalog knows.</summary>
public static class BindingCodes
{
    /// <summary>A parameter's type is none of int, float, bool, text.</summary>
    public const string UnknownParameterType = "MARL1001";

    /// <summary>A parameter's default is not of its type, or outside its range.</summary>
    public const string ParameterDefault = "MARL1002";

    /// <summary>A parameter's range cannot be read, is empty, or stands on a type without order.</summary>
    public const string ParameterRange = "MARL1003";

    /// <summary>A value names a parameter that is not declared.</summary>
    public const string UnknownParameter = "MARL1004";

    /// <summary>A parameter that nothing uses (a warning).</summary>
    public const string UnusedParameter = "MARL1005";

    /// <summary>The command line sets a parameter that is not declared.</summary>
    public const string UnknownOverride = "MARL1006";

    /// <summary>The command line sets a value that is not of the right type, or out of range.</summary>
    public const string OverrideValue = "MARL1007";

    /// <summary>A parameter stands where its type does not fit.</summary>
    public const string ParameterMisfit = "MARL1008";

    /// <summary>The parameter named seed is not an int.</summary>
    public const string SeedType = "MARL1009";

    /// <summary>A parameter is declared twice.</summary>
    public const string RepeatedParameter = "MARL1010";

    /// <summary>No component of that name.</summary>
    public const string UnknownComponent = "MARL1101";

    /// <summary>Copies of a component that has none.</summary>
    public const string CopiesNotAllowed = "MARL1102";

    /// <summary>Each on a component that stands alone.</summary>
    public const string EachNotAllowed = "MARL1103";

    /// <summary>Each is not of the form stage.domain.</summary>
    public const string EachForm = "MARL1104";

    /// <summary>Each names a stage that is not there.</summary>
    public const string EachUnknownStage = "MARL1105";

    /// <summary>Each names a domain its stage does not have.</summary>
    public const string EachUnknownDomain = "MARL1106";

    /// <summary>Successes shall be counted of a world whose episodes don't succeed or fail.</summary>
    public const string NoSuccesses = "MARL4350";

    /// <summary>Two stages have one name.</summary>
    public const string RepeatedStage = "MARL1107";

    /// <summary>A stage's name holds a character that names cannot have.</summary>
    public const string StageName = "MARL1108";

    /// <summary>Shards of a component that has no copies.</summary>
    public const string ShardsNotAllowed = "MARL1109";

    /// <summary>The shards of a world do not divide its copies.</summary>
    public const string ShardsUneven = "MARL1110";

    /// <summary>An edge comes from a stage that is not there.</summary>
    public const string UnknownStage = "MARL1201";

    /// <summary>No input port of that name.</summary>
    public const string UnknownInput = "MARL1202";

    /// <summary>No output port of that name.</summary>
    public const string UnknownOutput = "MARL1203";

    /// <summary>No operator of that name.</summary>
    public const string UnknownOperator = "MARL1204";

    /// <summary>A required input port is open.</summary>
    public const string OpenInput = "MARL1205";

    /// <summary>Several producers on a port that takes one.</summary>
    public const string SeveralProducers = "MARL1206";

    /// <summary>More than one merge word on an edge.</summary>
    public const string RepeatedMerge = "MARL1207";

    /// <summary>A merge word with arguments.</summary>
    public const string MergeArguments = "MARL1208";

    /// <summary>No option of that name.</summary>
    public const string UnknownOption = "MARL1301";

    /// <summary>An option's value is of the wrong type, or out of range.</summary>
    public const string OptionValue = "MARL1302";

    /// <summary>An option without a default is missing.</summary>
    public const string MissingOption = "MARL1303";

    /// <summary>One value where a list is meant, or a list where one value is.</summary>
    public const string OptionForm = "MARL1304";

    /// <summary>Options that do not go together.</summary>
    public const string OptionCombination = "MARL1305";

    /// <summary>An option is given twice.</summary>
    public const string RepeatedOption = "MARL1306";

    /// <summary>Nothing says when the experiment ends.</summary>
    public const string StopMissing = "MARL1401";

    /// <summary>A placement of a stage that is not there.</summary>
    public const string PlaceUnknownStage = "MARL1402";

    /// <summary>The command line asks for something of a section that the file does not have.</summary>
    public const string OverrideWithoutSection = "MARL1403";
}
