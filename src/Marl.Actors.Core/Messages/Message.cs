namespace Marl.Actors.Core.Messages;

/// <summary>
/// One token on an edge: a stamp and a block of floats, or the statement that there is nothing at this stamp
/// (<see cref="IsAbsent"/>). The producer fills the block before it sends; afterwards nobody writes it. References are
/// counted, and the last release lends the block to the pool's next message.
/// </summary>
public sealed class Message
{
    private readonly MessagePool? pool;
    private readonly float[] block;
    private int references;
    private bool sealedForWriting;
    private object? made;  // see Once; kept for the pool's next message, which makes it anew in the same place
    private bool isMade;

    internal Message(MessagePool? pool, MessageLayout layout)
    {
        this.pool = pool;
        Layout = layout;
        block = layout.Length == 0 ? [] : GC.AllocateUninitializedArray<float>(layout.Length);
        references = 1;
    }

    /// <summary>Where the fields lie.</summary>
    public MessageLayout Layout { get; }

    /// <summary>Logical time.</summary>
    public Stamp Stamp { get; private set; }

    /// <summary>True when the producer had nothing to say at this stamp (dead agent, dropped message).</summary>
    public bool IsAbsent => ReferenceEquals(Layout, AbsentLayout);

    private static MessageLayout AbsentLayout { get; } = new("absent");

    /// <summary>A message of its own, not from a pool: for rare messages whose size varies.</summary>
    public static Message Create(MessageLayout layout, Stamp stamp) => new(null, layout) { Stamp = stamp };

    /// <summary>The statement that nothing happens at <paramref name="stamp"/>.</summary>
    public static Message Absent(Stamp stamp) => new(null, AbsentLayout) { Stamp = stamp, sealedForWriting = true };

    /// <summary>The floats of field <paramref name="field"/>, row-major.</summary>
    public ReadOnlySpan<float> this[int field] => block.AsSpan(Layout.Offset(field), Layout.LengthOf(field));

    /// <summary>All floats.</summary>
    public ReadOnlySpan<float> Block => block;

    /// <summary>True when the field is carried by this message.</summary>
    public bool Has(int field) => Layout.Has(field);

    /// <summary>The floats of a field, to be filled before sending.</summary>
    /// <exception cref="InvalidOperationException">The message has been sent: a bug in the stage.</exception>
    public Span<float> Write(int field)
    {
        ThrowIfSealed();
        return block.AsSpan(Layout.Offset(field), Layout.LengthOf(field));
    }

    /// <summary>The whole block, to be filled before sending.</summary>
    public Span<float> WriteBlock()
    {
        ThrowIfSealed();
        return block;
    }

    /// <summary>The same floats at another logical time, as a message of its own (operators need it).</summary>
    public Message Restamped(Stamp stamp)
    {
        if (IsAbsent)
        {
            return Absent(stamp);
        }

        var copy = Create(Layout, stamp);
        Block.CopyTo(copy.WriteBlock());
        return copy.Seal();
    }

    /// <summary>Ends writing; the runtime calls it when a stage sends.</summary>
    public Message Seal()
    {
        sealedForWriting = true;
        return this;
    }

    /// <summary>
    /// What all its readers would make of it alike (a network ready to run, of weights that a thousand agents share), made by
    /// the first one that asks. It holds as long as the reader has not released the message.
    /// </summary>
    /// <typeparam name="T">The same for every reader of a kind.</typeparam>
    /// <param name="make">Makes it of this message: anew, or in what an earlier message of the pool left, which is given.</param>
    public T Once<T>(Func<Message, T?, T> make)
        where T : class
    {
        lock (this)
        {
            if (!isMade || made is not T)
            {
                (made, isMade) = (make(this, made as T), true);
            }

            return (T)made!;
        }
    }

    /// <summary>Keeps the message beyond the firing, or sends it once more.</summary>
    public Message Retain()
    {
        Interlocked.Increment(ref references);
        return this;
    }

    /// <summary>Gives one reference back. After the last the block may be lent again and must not be read.</summary>
    public void Release()
    {
        // Whoever holds the only reference needn't ask the other processors.
        var left = Volatile.Read(ref references) == 1 ? references = 0 : Interlocked.Decrement(ref references);
        if (left == 0)
        {
            pool?.Return(this);
        }
        else if (left < 0)
        {
            throw new InvalidOperationException($"A {Layout.Kind} message was released more often than retained.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Layout.Kind} @{Stamp}";

    internal void Lend(Stamp stamp)
    {
        Stamp = stamp;
        references = 1;
        (sealedForWriting, isMade) = (false, false);
    }

    internal void Poison() => Array.Fill(block, float.NaN);

    private void ThrowIfSealed()
    {
        if (sealedForWriting)
        {
            throw WrittenLate();
        }
    }

    private InvalidOperationException WrittenLate() => new($"A {Layout.Kind} message was written after it had been sent.");
}
