namespace Marl.Actors.Runtime.Profiles;

/// <summary>Diagnostic codes about profiles.</summary>
public static class ProfileCodes
{
    /// <summary>A run that spans processes is not profiled.</summary>
    public const string Apart = "MARL4600";
}
