namespace Marl.Actors.Cli.Tests.Hostile;

/// <summary>Nobody makes one of these but whoever makes objects of types that a stranger names.</summary>
public sealed class Canary
{
    private static int made;

    public Canary() => Interlocked.Increment(ref made);

    /// <summary>How many were made.</summary>
    public static int Made => Volatile.Read(ref made);

    /// <summary>Its name, as manifests and JSON have it.</summary>
    public static string Name => $"{typeof(Canary).FullName}, {typeof(Canary).Assembly.GetName().Name}";
}
