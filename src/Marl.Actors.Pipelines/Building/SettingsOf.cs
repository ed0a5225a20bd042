using System.Globalization;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Building;

/// <summary>Options records as the settings a file would hold: those that differ from their defaults.</summary>
internal static class SettingsOf
{
    public static Values<Setting> Record(OptionsSchema schema, object options, SourceSpan where)
    {
        var values = schema.Read(options);
        return schema.Options
            .Where(o => !Equals(values[o.Name], o.Default))
            .Select(o => new Setting(new(o.Name, where), Value(values[o.Name], where)))
            .ToValues();
    }

    public static Values<Setting> Record<TOptions>(TOptions options, SourceSpan where)
        where TOptions : class => Record(OptionsSchema.Of<TOptions>(), options, where);

    public static SettingValue Value(object value, SourceSpan where) => value switch
    {
        Values<int> list => List(list.Select(i => i.ToString(CultureInfo.InvariantCulture)), where),
        Values<double> list => List(list.Select(d => OptionText.Write(d)), where),
        Values<string> list => List(list, where),
        _ => new([new(OptionText.Write(value), where)], false, null, where),
    };

    private static SettingValue List(IEnumerable<string> elements, SourceSpan where) =>
        new(elements.Select(e => new Located<string>(e, where)).ToValues(), true, null, where);
}
