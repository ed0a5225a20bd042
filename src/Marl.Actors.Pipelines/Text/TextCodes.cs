namespace Marl.Actors.Pipelines.Text;

/// <summary>Every code of the text front end (<c>MARL0xxx</c>): 00xx text, 01xx model, 02xx edges, 03xx bars.</summary>
public static class TextCodes
{
    /// <summary>There is no such file.</summary>
    public const string FileNotFound = "MARL0001";

    /// <summary>The path names a directory.</summary>
    public const string IsDirectory = "MARL0002";

    /// <summary>The file exists and cannot be read.</summary>
    public const string Unreadable = "MARL0003";

    /// <summary>The file is larger than a pipeline file may be.</summary>
    public const string TooLarge = "MARL0004";

    /// <summary>The file holds nothing but blanks and comments.</summary>
    public const string Empty = "MARL0005";

    /// <summary>The file is not text.</summary>
    public const string Binary = "MARL0006";

    /// <summary>The file is not UTF-8.</summary>
    public const string NotUtf8 = "MARL0007";

    /// <summary>A character that text does not have stands in the file.</summary>
    public const string ControlCharacter = "MARL0008";

    /// <summary>A line is indented with a tab.</summary>
    public const string TabInIndentation = "MARL0009";

    /// <summary>An anchor (<c>&amp;name</c>).</summary>
    public const string Anchor = "MARL0010";

    /// <summary>An alias (<c>*name</c>).</summary>
    public const string Alias = "MARL0011";

    /// <summary>A merge key (<c>&lt;&lt;</c>).</summary>
    public const string MergeKey = "MARL0012";

    /// <summary>A tag (<c>!name</c>).</summary>
    public const string Tag = "MARL0013";

    /// <summary>A mapping has a key twice.</summary>
    public const string DuplicateKey = "MARL0014";

    /// <summary>A second document follows.</summary>
    public const string SecondDocument = "MARL0015";

    /// <summary>A directive (<c>%NAME</c>).</summary>
    public const string Directive = "MARL0016";

    /// <summary>A block scalar (<c>|</c> or <c>&gt;</c>).</summary>
    public const string BlockScalar = "MARL0017";

    /// <summary>A value goes on over several lines.</summary>
    public const string MultiLineScalar = "MARL0018";

    /// <summary>Collections stand in each other too deeply.</summary>
    public const string TooDeep = "MARL0019";

    /// <summary>A key is a collection, empty, or too long.</summary>
    public const string BadKey = "MARL0020";

    /// <summary>A key or a list item has no value.</summary>
    public const string NoValue = "MARL0021";

    /// <summary>Not well-formed, in a way that has no code of its own.</summary>
    public const string Malformed = "MARL0022";

    /// <summary>A quoted value has no closing quote.</summary>
    public const string UnclosedQuote = "MARL0023";

    /// <summary>A bracket or brace is not closed.</summary>
    public const string UnclosedBracket = "MARL0024";

    /// <summary>A line is indented as none of its neighbours.</summary>
    public const string Indentation = "MARL0025";

    /// <summary>A key has no colon.</summary>
    public const string MissingColon = "MARL0026";

    /// <summary>A colon and a blank stand within an unquoted value.</summary>
    public const string ColonInValue = "MARL0027";

    /// <summary>A character stands where it cannot.</summary>
    public const string UnexpectedCharacter = "MARL0028";

    /// <summary>An unknown backslash escape in a quoted value.</summary>
    public const string BadEscape = "MARL0029";

    /// <summary>A dash starts a list where none can start.</summary>
    public const string MisplacedItem = "MARL0030";

    /// <summary>There are more findings than are shown.</summary>
    public const string TooManyFindings = "MARL0099";

    /// <summary>A mapping, a list or a single value stands where another of these is needed.</summary>
    public const string WrongShape = "MARL0101";

    /// <summary>Unknown key at the top level.</summary>
    public const string UnknownTopLevelKey = "MARL0102";

    /// <summary>Unknown key in a stage.</summary>
    public const string UnknownStageKey = "MARL0103";

    /// <summary>Unknown key in a parameter's declaration.</summary>
    public const string UnknownParameterKey = "MARL0104";

    /// <summary>A key that every pipeline has is missing.</summary>
    public const string MissingTopLevelKey = "MARL0105";

    /// <summary>A key that every stage has is missing.</summary>
    public const string MissingStageKey = "MARL0106";

    /// <summary>A key that every parameter has is missing.</summary>
    public const string MissingParameterKey = "MARL0107";

    /// <summary>A name is not an identifier.</summary>
    public const string BadName = "MARL0108";

    /// <summary>A section that needs entries has none.</summary>
    public const string EmptySection = "MARL0109";

    /// <summary>A <c>$</c> stands inside text.</summary>
    public const string DollarInText = "MARL0110";

    /// <summary>A parameter is named where a fixed value is needed.</summary>
    public const string ParameterNotAllowed = "MARL0111";

    /// <summary>The file is another kind of file.</summary>
    public const string OtherKindOfFile = "MARL0112";

    /// <summary>Edges stand in braces or brackets.</summary>
    public const string EdgesInFlow = "MARL0113";

    /// <summary>An edge does not begin with <c>stage.port</c>.</summary>
    public const string EdgeWithoutProducer = "MARL0201";

    /// <summary>Something other than <c>|&gt;</c> stands between the parts of an edge.</summary>
    public const string EdgeWithoutPipe = "MARL0202";

    /// <summary>No operator follows <c>|&gt;</c>.</summary>
    public const string EdgeWithoutOperator = "MARL0203";

    /// <summary>The parenthesis of an operator's arguments is not closed.</summary>
    public const string UnclosedArguments = "MARL0204";

    /// <summary>An argument has no name.</summary>
    public const string ArgumentWithoutName = "MARL0205";

    /// <summary>An argument has no value.</summary>
    public const string ArgumentWithoutValue = "MARL0206";

    /// <summary>An operator gets one argument twice.</summary>
    public const string DuplicateArgument = "MARL0207";

    /// <summary>Unknown key in a bar.</summary>
    public const string UnknownBarKey = "MARL0301";

    /// <summary>A key that every bar has is missing.</summary>
    public const string MissingBarKey = "MARL0302";

    /// <summary>A bar's value is not what its key needs.</summary>
    public const string BadBarValue = "MARL0303";

    /// <summary>A bar names a pipeline file that does not exist.</summary>
    public const string BarPipelineNotFound = "MARL0304";
}
