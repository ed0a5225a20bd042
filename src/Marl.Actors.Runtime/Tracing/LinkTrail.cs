using Marl.Actors.Core.Traces;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Tracing;

/// <summary>What was sent on one link, when all is over.</summary>
/// <param name="Link">The link.</param>
/// <param name="Digest">Over all its tokens.</param>
/// <param name="Sent">What the trace holds of it.</param>
internal sealed record LinkTrail(Link Link, byte[] Digest, TraceLink Sent);
