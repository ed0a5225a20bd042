using System.Text;

namespace Marl.Actors.Pipelines.Compiled.CSharp;

/// <summary>Gives out names for C# members of one type: no name twice, none that is taken already.</summary>
/// <param name="taken">Names that members cannot have: the type's own, and what it inherits.</param>
internal sealed class MemberNames(params IEnumerable<string> taken)
{
    private readonly HashSet<string> used = [.. taken];

    /// <summary><c>mappo-spread</c> → <c>MappoSpread</c>; with <paramref name="suffix"/> behind it, and then a number, where that is taken.</summary>
    public string Of(string name, string suffix)
    {
        var plain = Pascal(name);
        if (used.Add(plain))
        {
            return plain;
        }

        var longer = plain + suffix;
        for (var number = 2; !used.Add(longer); number++)
        {
            longer = plain + suffix + number;
        }

        return longer;
    }

    /// <summary>A name of pipeline files as C# writes names: <c>learning-rate</c> and <c>learningRate</c> → <c>LearningRate</c>.</summary>
    public static string Pascal(string name)
    {
        var text = new StringBuilder(name.Length);
        var isFirst = true;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                isFirst = true;
                continue;
            }

            text.Append(isFirst ? char.ToUpperInvariant(c) : c);
            isFirst = false;
        }

        return text.Length == 0 || char.IsAsciiDigit(text[0]) ? "_" + text : text.ToString();
    }
}
