using System.Globalization;

namespace Marl.Actors.Testing.Snapshots;

/// <summary>Names of snapshot files, as Verify makes them.</summary>
public static class SnapshotName
{
    private const string Illegal = "<>:\"/\\|?*";

    /// <summary><c>Class.Method_n=1_s=x</c>; characters no file system takes everywhere become <c>-</c>.</summary>
    public static string Of(string type, string method, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var name = $"{type}.{method}";
        foreach (var parameter in parameters)
        {
            name += string.Create(CultureInfo.InvariantCulture, $"_{parameter.Name}={parameter.Value}");
        }

        return string.Create(name.Length, name, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = source[i] < ' ' || Illegal.Contains(source[i]) ? '-' : source[i];
            }
        });
    }
}
