using System.Text.Json;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Parts;

namespace Marl.Actors.Pipelines.Compiled;

/// <summary>A pipeline's model as JSON, every name and value with its place. <see cref="ModelReader"/> reads it back.</summary>
internal sealed class ModelWriter(Utf8JsonWriter json, PlaceTable places)
{
    public void Write(ExpandedPipeline pipeline)
    {
        var file = pipeline.File;
        json.WriteStartObject();
        Text("name", file.Name);
        Text("summary", file.Summary);
        if (file.Determinate is { } determinate)
        {
            Text("determinate", new(determinate.Value ? "true" : "false", determinate.Where));
        }

        if (file.Durable is { } durable)
        {
            Text("durable", new(durable.Value ? "true" : "false", durable.Where));
        }

        List("parameters", file.Parameters, Parameter);
        List("arguments", pipeline.Arguments, Argument);
        List("stages", file.Stages, Stage);
        Settings("stop", file.Stop);
        Settings("evaluate", file.Evaluate);
        Settings("checkpoint", file.Checkpoint);
        Settings("place", file.Place);
        Place("at", file.Where);
        json.WriteEndObject();
    }

    private void Parameter(ParameterDeclaration parameter)
    {
        json.WriteStartObject();
        Text("name", parameter.Name);
        Text("type", parameter.Type);
        Text("default", parameter.Default);
        Text("range", parameter.Range);
        json.WriteEndObject();
    }

    private void Argument(PartArgument argument)
    {
        json.WriteStartObject();
        json.WriteString("name", argument.Name);
        json.WritePropertyName("declaration");
        Parameter(argument.Declaration);
        Text("use", argument.Use?.Id);
        if (argument.Given is { } given)
        {
            json.WritePropertyName("given");
            Value(given);
        }

        json.WriteEndObject();
    }

    private void Stage(StageDeclaration stage)
    {
        json.WriteStartObject();
        Text("id", stage.Id);
        if (stage.Scope.Length > 0)
        {
            json.WriteString("scope", stage.Scope);
        }

        Text("uses", stage.Uses);
        Text("each", stage.Each);
        if (stage.Copies is { } copies)
        {
            json.WritePropertyName("copies");
            Value(copies);
        }

        if (stage.Shards is { } shards)
        {
            json.WritePropertyName("shards");
            Value(shards);
        }

        Settings("with", stage.With);
        List("in", stage.Inputs, Input);
        json.WriteEndObject();
    }

    private void Input(InputDeclaration input)
    {
        json.WriteStartObject();
        Text("port", input.Port);
        List("from", input.Sources, Source);
        json.WriteEndObject();
    }

    private void Source(SourceDeclaration source)
    {
        json.WriteStartObject();
        Text("stage", source.Stage);
        Text("port", source.Port);
        List("through", source.Operators, Operator);
        json.WriteEndObject();
    }

    private void Operator(OperatorCall call)
    {
        json.WriteStartObject();
        Text("name", call.Name);
        Settings("with", call.Arguments);
        json.WriteEndObject();
    }

    private void Settings(string name, Values<Setting>? settings)
    {
        if (settings is { } given)
        {
            List(name, given, Setting);
        }
    }

    private void Setting(Setting setting)
    {
        json.WriteStartObject();
        Text("name", setting.Name);
        json.WritePropertyName("value");
        Value(setting.Value);
        json.WriteEndObject();
    }

    private void Value(SettingValue value)
    {
        json.WriteStartObject();
        if (value.Parameter is { } parameter)
        {
            json.WriteString("parameter", parameter);
        }
        else
        {
            List(value.IsList ? "list" : "scalar", value.Scalars, Located);
        }

        Place("at", value.Where);
        json.WriteEndObject();
    }

    private void Text(string name, Located<string>? text)
    {
        if (text is not null)
        {
            json.WritePropertyName(name);
            Located(text);
        }
    }

    private void Located(Located<string> text)
    {
        json.WriteStartArray();
        json.WriteStringValue(text.Value);
        Numbers(text.Where);
        json.WriteEndArray();
    }

    private void Place(string name, SourceSpan where)
    {
        json.WriteStartArray(name);
        Numbers(where);
        json.WriteEndArray();
    }

    private void Numbers(SourceSpan where)
    {
        foreach (var number in places.Numbers(where))
        {
            json.WriteNumberValue(number);
        }
    }

    private void List<T>(string name, Values<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }
}
