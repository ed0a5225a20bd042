namespace Marl.Actors.Pipelines.Compiled;

/// <summary>Codes of diagnostics about compiled pipelines.</summary>
public static class CompiledCodes
{
    /// <summary>The file is not JSON, or not a compiled pipeline.</summary>
    public const string NotCompiled = "MARL4220";

    /// <summary>The file was compiled by another version, whose form is not known here.</summary>
    public const string OtherFormat = "MARL4221";

    /// <summary>An entry is missing or has the wrong form.</summary>
    public const string Damaged = "MARL4222";

    /// <summary>The components of this program are not those the pipeline was compiled with.</summary>
    public const string Stale = "MARL4223";
}
