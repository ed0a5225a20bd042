namespace Marl.Actors.Build;

/// <summary>Codes of diagnostics that only builds give. MARL4200 and MARL4201 are those of the targets.</summary>
internal static class CheckerCodes
{
    /// <summary>A fault in the checker itself.</summary>
    public const string Fault = "MARL4202";

    /// <summary>What the targets ask for cannot be read: targets and checker of two versions.</summary>
    public const string Request = "MARL4203";

    /// <summary>Two pipelines would have one name in C#.</summary>
    public const string SameClass = "MARL4204";

    /// <summary>Two pipelines would be compiled into one file.</summary>
    public const string SameFile = "MARL4205";

    /// <summary>The project's assembly cannot be read.</summary>
    public const string Assembly = "MARL4210";

    /// <summary>The project stands on another version of Marl.Actors than its build package.</summary>
    public const string Version = "MARL4211";

    /// <summary>A property that should give a component throws.</summary>
    public const string Declaration = "MARL4212";

    /// <summary>A component's id is that of another one.</summary>
    public const string SameId = "MARL4213";

    /// <summary>A component throws when it is asked about itself.</summary>
    public const string Component = "MARL4214";
}
