using System.Text.Json;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Experience.Moments;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Tests.Values;

/// <summary>
/// Two complete learner steps of EPyMARL (golden/rl/learner_*.json: configuration, batch, first weights, then statistics and weights
/// after each), in the shapes of our messages.
/// </summary>
internal sealed class EpymarlStep
{
    private readonly JsonElement root;
    private readonly JsonElement batch;

    public EpymarlStep(string name)
    {
        root = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "rl", name))).RootElement;
        batch = root.GetProperty("batch");
        var shape = Shape(batch.GetProperty("obs"));
        (Items, Length, Agents) = (shape[0], shape[1] - 1, shape[2]);
        Observation = new(shape[3]);
        Action = new(Shape(batch.GetProperty("avail_actions"))[3]);
        StateWidth = Shape(batch.GetProperty("state"))[2];
    }

    public int Items { get; }

    public int Length { get; }

    public int Agents { get; }

    public Box Observation { get; }

    public Discrete Action { get; }

    public int StateWidth { get; }

    public int Steps => root.GetProperty("train_steps").GetArrayLength();

    /// <summary>A number of the configuration.</summary>
    public double Setting(string name) => root.GetProperty("config").GetProperty(name).GetDouble();

    /// <summary>A statistic of a step.</summary>
    public double Statistic(int step, string name) => root.GetProperty("train_steps")[step].GetProperty("stats").GetProperty(name).GetDouble();

    /// <summary>The flat parameters before the first step (−1), or after one: the named tensors, one after another.</summary>
    public float[] Parameters(int step, string module, params string[] tensors)
    {
        var parameters = (step < 0 ? root.GetProperty("params0") : root.GetProperty("train_steps")[step].GetProperty("params")).GetProperty(module);
        return [.. tensors.SelectMany(t => Numbers(parameters.GetProperty(t)))];
    }

    /// <summary>The stage's context: agents share a network and are told who they are.</summary>
    public StageContext Context(Values<int> hidden, int memory = 0)
    {
        var policy = PolicySpec.ToTerm("team", hidden, Activation.Relu, Term.Of(Observation), Term.Of(Action), PolicyHead.ActionValue, Agents, memory);
        var agent = BatchMessages.Agent(Term.Of(Observation), Term.Of(Action), Term.Of(true), policy);
        var type = BatchMessages.Type(
            Term.Of(Length), Term.Of(Items), Term.Of(1), Term.Of(StateWidth), Term.Of(RewardConvention.TeamSum), Enumerable.Repeat(agent, Agents));
        return new()
        {
            Stage = "learner",
            Key = new(1),
            Types = new(
                new Dictionary<string, Values<PortType>> { ["batches"] = [type] },
                new Dictionary<string, Values<PortType>> { ["weights"] = Enumerable.Repeat(WeightsMessages.Type(policy), Agents).ToValues() }),
        };
    }

    /// <summary>
    /// The batch. EPyMARL's transition at t counts where filled[t] and the one before did not terminate; its rewards are standardised
    /// with those of the padding, once a step, which is done here.
    /// </summary>
    public Message Batch(PortType type, RunningMoments? rewards)
    {
        var message = Message.Create(BatchMessages.Layout(type), new(0));
        TimeMajor("obs", Length + 1).CopyTo(message.Write(BatchMessages.Observation));
        TimeMajor("actions", Length).CopyTo(message.Write(BatchMessages.Action));
        TimeMajor("avail_actions", Length + 1).CopyTo(message.Write(BatchMessages.Mask));
        TimeMajor("terminated", Length).CopyTo(message.Write(BatchMessages.Terminated));
        TimeMajor("state", Length + 1).CopyTo(message.Write(BatchMessages.State));

        var reward = TimeMajor("reward", Length);
        rewards?.Update(reward);
        rewards?.Normalise(reward, reward, clip: double.PositiveInfinity);
        for (var i = 0; i < reward.Length; i++)
        {
            message.Write(BatchMessages.Reward).Slice(i * Agents, Agents).Fill(reward[i]);
        }

        var (filled, terminated) = (TimeMajor("filled", Length), TimeMajor("terminated", Length));
        for (var i = 0; i < filled.Length; i++)
        {
            message.Write(BatchMessages.Filled)[i] = filled[i] * (i < Items ? 1 : 1 - terminated[i - Items]);
        }

        return message;
    }

    /// <summary>A field of the batch: [length, items, …].</summary>
    public float[] TimeMajor(string field, int length) =>
        [.. Enumerable.Range(0, length).SelectMany(t => batch.GetProperty(field).EnumerateArray().SelectMany(item => Numbers(item[t])))];

    private static IEnumerable<float> Numbers(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Numbers) : [(float)element.GetDouble()];

    private static int[] Shape(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [element.GetArrayLength(), .. Shape(element[0])] : [];
}
