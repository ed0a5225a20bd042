namespace Marl.Actors.Languages;

/// <summary>Diagnostic codes about what agents say to each other.</summary>
public static class LanguageCodes
{
    /// <summary>The pipeline has no channel.</summary>
    public const string NoChannel = "MARL2760";

    /// <summary>No agent of a channel speaks to another one that listens.</summary>
    public const string NoLinks = "MARL2761";

    /// <summary>Nobody said anything that was to be heard.</summary>
    public const string Silence = "MARL2762";
}
