namespace Marl.Actors.Runtime.Signatures;

/// <summary>Diagnostic codes about stages that do other than they say.</summary>
public static class SignatureCodes
{
    /// <summary>A firing took or sent other numbers of tokens than the stage's signature says.</summary>
    public const string Broken = "MARL2136";
}
