using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Model;

/// <summary>
/// Reads an edge, every part at its column:
/// <c>edge = name "." name { "|>" call }</c>, <c>call = name [ "(" [ argument { "," argument } ] ")" ]</c>,
/// <c>argument = name "=" value</c>. Blanks may stand between all parts.
/// </summary>
internal sealed class EdgeReader(SettingReader settings, Findings findings)
{
    private const string Shape = "Write 'stage.port', or 'stage.port |> operator(name=value)'.";

    private ScalarNode node = null!;
    private int at;

    private string Text => node.Text;

    /// <summary>The edge; null when it is none, which is reported.</summary>
    public SourceDeclaration? Read(ScalarNode edge)
    {
        (node, at) = (edge, 0);
        if (edge.Text.StartsWith('$'))
        {
            findings.Add(TextCodes.ParameterNotAllowed, edge.Where, "An edge cannot be a parameter.", Shape);
            return null;
        }

        if (Name() is not { } stage)
        {
            return Fail(TextCodes.EdgeWithoutProducer, at, $"{Findings.Quote(Text)} does not begin with a producer.", Shape);
        }

        if (!Take(".") || Name() is not { } port)
        {
            return Fail(TextCodes.EdgeWithoutProducer, 0, $"'{stage}' stands here without a port.", Shape);
        }

        var operators = new List<OperatorCall>();
        while (!IsAtEnd())
        {
            if (!Take("|>"))
            {
                return Fail(TextCodes.EdgeWithoutPipe, at, $"{Rest()} stands where the edge ends or '|>' leads to an operator.", Shape);
            }

            if (Call() is not { } call)
            {
                return null;
            }

            operators.Add(call);
        }

        return new(stage, port, [.. operators]);
    }

    private OperatorCall? Call()
    {
        Blanks();
        if (Name() is not { } name)
        {
            Fail(TextCodes.EdgeWithoutOperator, at, IsAtEnd() ? "No operator follows '|>'." : $"{Rest()} is not an operator.", "Write the operator's name after '|>', as in '|> by-step'.");
            return null;
        }

        Blanks();
        var open = at;
        return !Take("(") ? new(name, []) : Arguments(open) is { } arguments ? new(name, arguments) : null;
    }

    private Values<Setting>? Arguments(int open)
    {
        var arguments = new List<Setting>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        Blanks();
        while (!Take(")"))
        {
            if (IsAtEnd())
            {
                return Unclosed(open);
            }

            if (arguments.Count > 0 && !Take(","))
            {
                Fail(TextCodes.UnclosedArguments, at, $"{Rest()} stands where a comma or ')' must.", "Separate arguments by commas.");
                return null;
            }

            if (IsAtEnd())
            {
                return Unclosed(open);
            }

            if (Argument(names) is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
            Blanks();
        }

        return [.. arguments];
    }

    private Values<Setting>? Unclosed(int open)
    {
        Fail(TextCodes.UnclosedArguments, open, "The parenthesis '(' is not closed.", "Close it after the last argument.");
        return null;
    }

    private Setting? Argument(HashSet<string> before)
    {
        Blanks();
        var start = at;
        var name = Name();
        Blanks();
        if (name is null || !Take("="))
        {
            Fail(TextCodes.ArgumentWithoutName, start, $"{Rest(start)} is not of the form 'name=value'.", "Name the argument, as in 'lag(updates=1)'.");
            return null;
        }

        Blanks();
        var from = at;
        while (at < Text.Length && !char.IsWhiteSpace(Text[at]) && Text[at] is not (',' or '(' or ')' or '=' or '|'))
        {
            at++;
        }

        if (at == from)
        {
            Fail(TextCodes.ArgumentWithoutValue, from, $"Argument '{name}' has no value.", $"Write '{name}=value'.");
            return null;
        }

        if (!before.Add(name.Value))
        {
            Fail(TextCodes.DuplicateArgument, start, $"Argument '{name}' is given twice.", "Keep one of them.");
            return null;
        }

        var edge = node;
        return settings.Scalar(Text[from..at], i => edge.At(from + i)) is { } value ? new(name, value) : null;
    }

    private Located<string>? Name()
    {
        var length = Identifier.Length(Text.AsSpan(at));
        if (length == 0)
        {
            return null;
        }

        var name = new Located<string>(Text.Substring(at, length), node.At(at));
        at += length;
        return name;
    }

    private bool Take(string token)
    {
        if (!Text.AsSpan(at).StartsWith(token))
        {
            return false;
        }

        at += token.Length;
        return true;
    }

    private void Blanks()
    {
        while (at < Text.Length && char.IsWhiteSpace(Text[at]))
        {
            at++;
        }
    }

    private bool IsAtEnd()
    {
        Blanks();
        return at >= Text.Length;
    }

    private string Rest() => Rest(at);

    private string Rest(int from)
    {
        var rest = Text[from..];
        var end = rest.AsSpan(1).IndexOfAny(" ,()") + 1;
        return Findings.Quote(end > 0 ? rest[..end] : rest);
    }

    private SourceDeclaration? Fail(string code, int index, string sentence, string remedy)
    {
        findings.Add(code, node.At(index), sentence, remedy);
        return null;
    }
}
