using System.Collections.Concurrent;
using System.Reflection;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Core.Options;

/// <summary>The declared type of an option.</summary>
public enum OptionKind
{
    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A whole number (C# <c>int</c> or <c>long</c>).</summary>
    Integer,

    /// <summary>A finite number (C# <c>double</c>).</summary>
    Number,

    /// <summary>Text.</summary>
    Text,

    /// <summary>One of a few words (a C# <c>enum</c>, written in kebab case).</summary>
    Choice,

    /// <summary>A list of whole numbers (<c>Values&lt;int&gt;</c>).</summary>
    IntegerList,

    /// <summary>A list of numbers (<c>Values&lt;double&gt;</c>).</summary>
    NumberList,

    /// <summary>A list of texts (<c>Values&lt;string&gt;</c>).</summary>
    TextList,
}

/// <summary>One option: everything the compiler, the schema, the docs and the command line need to know about it.</summary>
public sealed record OptionSpec(
    string Name, OptionKind Kind, Type ClrType, object? Default, double Minimum, double Maximum, string Help, Values<string> Choices)
{
    /// <summary>Its value is a list.</summary>
    public bool IsList => Kind is OptionKind.IntegerList or OptionKind.NumberList or OptionKind.TextList;

    /// <summary>The option must be given.</summary>
    public bool IsRequired => Default is null;

    /// <summary><c>a whole number in 1..1024</c>, for messages and help.</summary>
    public string Expectation
    {
        get
        {
            var noun = Kind switch
            {
                OptionKind.Boolean => "true or false",
                OptionKind.Integer => "a whole number",
                OptionKind.Number => "a number",
                OptionKind.Text => "text",
                OptionKind.Choice => "one of " + string.Join(", ", Choices),
                OptionKind.IntegerList => "a list of whole numbers",
                OptionKind.TextList => "a list of texts",
                _ => "a list of numbers",
            };
            return (double.IsInfinity(Minimum), double.IsInfinity(Maximum)) switch
            {
                (true, true) => noun,
                (false, true) => $"{noun}, at least {Bound(Minimum)}",
                (true, false) => $"{noun}, at most {Bound(Maximum)}",
                _ => $"{noun} in {Bound(Minimum)}..{Bound(Maximum)}",
            };
        }
    }

    /// <summary>The list of some elements that have been read.</summary>
    public object List(IEnumerable<object> elements) => Kind switch
    {
        OptionKind.IntegerList => elements.Cast<int>().ToValues(),
        OptionKind.NumberList => elements.Cast<double>().ToValues(),
        _ => elements.Cast<string>().ToValues(),
    };

    private static string Bound(double bound) => OptionText.Write(bound) is var text && text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;

    /// <summary>Reads one scalar (an element, for a list) by the declared type. Null when the text is not one, or out of range.</summary>
    public object? ReadScalar(string text)
    {
        switch (Kind)
        {
            case OptionKind.Boolean:
                return OptionText.TryBoolean(text, out var b) ? b : null;
            case OptionKind.Integer or OptionKind.IntegerList:
                return OptionText.TryInteger(text, out var i) && i >= Minimum && i <= Maximum
                    ? ClrType == typeof(long) ? i : i is >= int.MinValue and <= int.MaxValue ? (int)i : null
                    : null;
            case OptionKind.Number or OptionKind.NumberList:
                return OptionText.TryNumber(text, out var d) && d >= Minimum && d <= Maximum ? d : null;
            case OptionKind.Choice:
                var index = Choices.ToList().IndexOf(text);
                return index >= 0 ? Enum.GetValues(ClrType).GetValue(index) : null;
            default:
                return text;
        }
    }
}

/// <summary>
/// The options of a component, read from the primary constructor of its options record: names, types, defaults, ranges and
/// help live there and nowhere else.
/// </summary>
public sealed class OptionsSchema
{
    private static readonly ConcurrentDictionary<Type, OptionsSchema> Known = new();

    private readonly ConstructorInfo constructor;

    private OptionsSchema(Type type)
    {
        Type = type;
        constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        Options = constructor.GetParameters().SelectMany(p => Group(p)?.Options ?? [Spec(p)]).ToValues();
    }

    /// <summary>The options record.</summary>
    public Type Type { get; }

    /// <summary>The options, in declaration order.</summary>
    public Values<OptionSpec> Options { get; }

    /// <summary>The schema of an options record.</summary>
    public static OptionsSchema Of<TOptions>() => Of(typeof(TOptions));

    /// <summary>The schema of an options record.</summary>
    public static OptionsSchema Of(Type type) => Known.GetOrAdd(type, t => new(t));

    /// <summary>The option of that name, or null.</summary>
    public OptionSpec? Find(string name) => Options.FirstOrDefault(o => o.Name == name);

    /// <summary>Makes the record from values by name; what is not named keeps its default.</summary>
    /// <exception cref="ArgumentException">A required option is missing: the binder should have said so.</exception>
    public object Create(IReadOnlyDictionary<string, object> values) => constructor.Invoke(
        [.. constructor.GetParameters().Select(p => Group(p)?.Create(values) ?? ValueOf(OptionText.Camel(p.Name!), values))]);

    /// <summary>The values of a record, by option name.</summary>
    public IReadOnlyDictionary<string, object> Read(object options) => constructor.GetParameters()
        .Select(p => (Parameter: p, Value: Type.GetProperty(p.Name!)!.GetValue(options)!))
        .SelectMany(v => Group(v.Parameter)?.Read(v.Value) ?? new Dictionary<string, object> { [OptionText.Camel(v.Parameter.Name!)] = v.Value })
        .ToDictionary(v => v.Key, v => v.Value);

    /// <summary>The schema whose options stand in the place of a parameter; null for an option.</summary>
    private static OptionsSchema? Group(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(OptionGroupAttribute)) ? Of(parameter.ParameterType) : null;

    private object ValueOf(string option, IReadOnlyDictionary<string, object> values) =>
        values.TryGetValue(option, out var value) ? value : Find(option)!.Default ?? throw new ArgumentException($"Option '{option}' is required.");

    private static OptionSpec Spec(ParameterInfo parameter)
    {
        var attribute = parameter.GetCustomAttribute<OptionAttribute>()
            ?? throw new InvalidOperationException($"Option '{parameter.Name}' of {parameter.Member.DeclaringType} has no [Option] help.");
        var type = parameter.ParameterType;
        var kind = KindOf(type);
        var choices = kind == OptionKind.Choice ? Enum.GetNames(type).Select(OptionText.Kebab).ToValues() : [];
        var spec = new OptionSpec(
            OptionText.Camel(parameter.Name!), kind, type, null, attribute.Minimum, attribute.Maximum, attribute.Help, choices);
        return attribute.Required ? spec : spec with { Default = DefaultOf(parameter, attribute, spec) };
    }

    private static object DefaultOf(ParameterInfo parameter, OptionAttribute attribute, OptionSpec spec)
    {
        if (attribute.Default is { } text)
        {
            var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(p => spec.ReadScalar(p)!);
            return spec.List(parts);
        }

        return parameter.ParameterType.IsEnum
            ? Enum.ToObject(parameter.ParameterType, parameter.DefaultValue!)
            : parameter.HasDefaultValue && parameter.DefaultValue is { } value
                ? value
                : throw new InvalidOperationException($"Option '{parameter.Name}' of {parameter.Member.DeclaringType} has no default; say Required or give one.");
    }

    private static OptionKind KindOf(Type type) =>
        type == typeof(bool) ? OptionKind.Boolean
        : type == typeof(int) || type == typeof(long) ? OptionKind.Integer
        : type == typeof(double) ? OptionKind.Number
        : type == typeof(string) ? OptionKind.Text
        : type.IsEnum ? OptionKind.Choice
        : type == typeof(Values<int>) ? OptionKind.IntegerList
        : type == typeof(Values<double>) ? OptionKind.NumberList
        : type == typeof(Values<string>) ? OptionKind.TextList
        : throw new InvalidOperationException($"Options of type {type} are not supported.");
}
