using System.Runtime.CompilerServices;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Building;

/// <summary>A stage of a pipeline under construction: the handle by which others name its outputs and domains.</summary>
public sealed class StageBuilder
{
    private readonly List<(string Port, SourceSpan Where, List<Flow> Flows)> inputs = [];
    private readonly object options;
    private readonly int? copies;
    private readonly SourceSpan where;
    private Located<string>? each;
    private (int Count, SourceSpan Where)? shards;

    internal StageBuilder(string id, Component component, object options, int? copies, SourceSpan where)
    {
        Id = id;
        Component = component;
        this.options = options;
        this.copies = copies;
        this.where = where;
    }

    /// <summary>The stage's name.</summary>
    public string Id { get; }

    /// <summary>What it is.</summary>
    public Component Component { get; }

    internal string? Role { get; private set; }

    internal SourceSpan Where => where;

    internal IEnumerable<AppliedOperator> Operators => inputs.SelectMany(i => i.Flows).SelectMany(f => f.Steps).Select(s => s.Operator).OfType<AppliedOperator>();

    /// <summary>What comes out of an output port.</summary>
    public Flow Output(string port, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Flow.From(Id, port, file, line);

    /// <summary>One instance for each member of another stage's domain: <c>each: world.agents</c>.</summary>
    public StageBuilder Each(StageBuilder owner, string domain, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        each = new($"{owner.Id}.{domain}", new(file, line, 1));
        return this;
    }

    /// <summary>Divides a world's copies among several actors: <c>shards: 2</c>.</summary>
    public StageBuilder Shards(int count, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        shards = (count, new(file, line, 1));
        return this;
    }

    /// <summary>Feeds an input. A second call for one port adds a producer to it.</summary>
    public StageBuilder In(string port, Flow flow, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (inputs.Find(i => i.Port == port) is { Flows: { } flows })
        {
            flows.Add(flow);
        }
        else
        {
            inputs.Add((port, new(file, line, 1), [flow]));
        }

        return this;
    }

    /// <summary>The cluster role it runs on.</summary>
    public StageBuilder On(string role)
    {
        Role = role;
        return this;
    }

    internal StageDeclaration ToDeclaration() => new(
        new(Id, where),
        new(Component.Id, where),
        each,
        copies is { } count ? SettingsOf.Value(count, where) : null,
        SettingsOf.Record(Component.Options, options, where),
        inputs.Select(i => new InputDeclaration(new(i.Port, i.Where), i.Flows.Select(f => f.ToSource()).ToValues())).ToValues())
    {
        Shards = shards is { } divided ? SettingsOf.Value(divided.Count, divided.Where) : null,
    };
}
