using System.Runtime.Serialization;

namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// Bytes from another node say nothing we understand, or a record can't be put into bytes. The message is a sentence. Akka
/// drops the one message and keeps the connection, because it is a <see cref="SerializationException"/>.
/// </summary>
internal sealed class WireException(string message) : SerializationException(message);
