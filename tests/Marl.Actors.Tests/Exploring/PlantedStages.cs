using Marl.Actors.Catalogs;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Catalog;

namespace Marl.Actors.Tests.Exploring;

/// <summary>Built-in stages with a mistake planted around them.</summary>
internal static class PlantedStages
{
    /// <summary>The built-in catalog with one component replaced.</summary>
    public static ComponentCatalog Catalog(string id, Func<IStage, IStage> plant) => new(
        BuiltIn.Catalog.Components.Values.Select(c => c.Id != id ? c : c with { Create = (options, context) => plant(c.Create(options, context)) }),
        BuiltIn.Catalog.Operators.Values);

    /// <summary>A stage around another, which it may interfere with.</summary>
    internal abstract class Around(IStage inner) : IStage, IOutputs
    {
        private IOutputs outputs = null!;

        public Needs Needs => inner.Needs;

        public void Start(IOutputs real)
        {
            outputs = real;
            inner.Start(this);
        }

        public virtual void Fire(Firing firing, IOutputs real)
        {
            outputs = real;
            inner.Fire(firing, this);
        }

        public virtual void Save(StageSnapshot snapshot) => inner.Save(snapshot);

        public virtual void Load(StageSnapshot snapshot) => inner.Load(snapshot);

        public void Dispose() => inner.Dispose();

        public bool IsRead(int port) => outputs.IsRead(port);

        public virtual void Send(int port, Message message) => outputs.Send(port, message);

        public virtual void Send(int port, int peer, Message message) => outputs.Send(port, peer, message);
    }

    /// <summary>A learner that is one version behind: its agents act with staler weights than their lag allows. All else about it is right.</summary>
    internal sealed class OneBehind(IStage inner) : Around(inner)
    {
        private readonly SortedDictionary<int, Message> held = [];

        public override void Send(int port, int peer, Message message)
        {
            var older = held.GetValueOrDefault(peer) ?? message.Retain();
            held[peer] = message;
            base.Send(port, peer, older);
        }

        public override void Save(StageSnapshot snapshot)
        {
            base.Save(snapshot);
            snapshot.Put<int>("held", held.Keys.ToArray());
            foreach (var (peer, message) in held)
            {
                snapshot.PutMessage($"held.{peer}", message);
            }
        }

        public override void Load(StageSnapshot snapshot)
        {
            base.Load(snapshot);
            foreach (var peer in snapshot.Get<int>("held"))
            {
                held[peer] = snapshot.GetMessage($"held.{peer}");
            }
        }
    }

    /// <summary>Counts its firings and does not save the count, on which what it sends depends.</summary>
    internal sealed class Forgets(IStage inner) : Around(inner)
    {
        private int firings;

        public override void Fire(Firing firing, IOutputs real)
        {
            firings++;
            base.Fire(firing, real);
        }

        public override void Send(int port, Message message) => base.Send(port, firings % 7 == 0 && !message.IsAbsent ? Altered(message) : message);
    }

    /// <summary>Now and then it asks a generator of the process.</summary>
    internal sealed class Guesses(IStage inner) : Around(inner)
    {
        public override void Send(int port, Message message) => base.Send(port, message.Stamp.Update > 0 && Random.Shared.Next(50) == 0 ? Altered(message) : message);
    }

    private static Message Altered(Message message)
    {
        var altered = Message.Create(message.Layout, message.Stamp);
        message.Block.CopyTo(altered.WriteBlock());
        altered.WriteBlock()[0] = 1 - altered.WriteBlock()[0];
        message.Release();
        return altered;
    }
}
