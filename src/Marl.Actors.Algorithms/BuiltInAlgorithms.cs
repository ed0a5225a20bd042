using Marl.Actors.Algorithms.CentralCritics;
using Marl.Actors.Algorithms.Evolution;
using Marl.Actors.Algorithms.Gradients;
using Marl.Actors.Algorithms.Impala;
using Marl.Actors.Algorithms.Parameters;
using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Algorithms.Surrogate;
using Marl.Actors.Algorithms.Talking;
using Marl.Actors.Algorithms.Values;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Algorithms;

/// <summary>The algorithms of the built-in catalog: one line each.</summary>
public static class BuiltInAlgorithms
{
    /// <summary>All of them. Naming them loads no native library.</summary>
    public static Values<Component> All { get; } =
    [
        PpoComponents.Ppo,
        PpoComponents.Ippo,
        PpoComponents.Mappo,
        GradientComponents.Dppo,
        GradientComponents.A3c,
        GradientComponents.DdPpo,
        ParameterServerComponent.Server,
        SurrogateComponents.Learner,
        SurrogateComponents.Agent,
        ImpalaComponent.Component,
        EsComponent.Component,
        EvolvingAgent.Component,
        ValueComponents.Iql,
        ValueComponents.Vdn,
        ValueComponents.Qmix,
        ValueComponents.WeightedQmix,
        CriticComponents.Maddpg,
        CriticComponents.Sac,
        TalkComponents.Rial,
        TalkComponents.Dial,
        TalkComponents.CommNet,
        TalkComponents.TarMac,
        TalkComponents.Ic3Net,
    ];
}
