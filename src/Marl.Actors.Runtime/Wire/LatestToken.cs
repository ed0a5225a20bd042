namespace Marl.Actors.Runtime.Wire;

/// <summary>A token of a <c>latest</c> edge on its way: a newer one of its link makes it stale.</summary>
internal sealed class LatestToken(TokenParcel parcel)
{
    /// <summary>The link.</summary>
    public int Link { get; } = parcel.Link;

    /// <summary>What is to be sent: the token, or the word that it is superseded.</summary>
    public Parcel Parcel { get; private set; } = parcel;

    /// <summary>The number of its first frame; null while it waits.</summary>
    public long? FirstFrame { get; set; }

    /// <summary>The number of its last frame; null until that is sent.</summary>
    public long? LastFrame { get; set; }

    /// <summary>A newer one of its link is there.</summary>
    public bool IsStale { get; set; }

    /// <summary>Given up: what is sent of it from now on says so.</summary>
    public bool IsVoid { get; private set; }

    /// <summary>Gives it up. While it waits it still has its message.</summary>
    public void Void()
    {
        IsVoid = true;
        if (FirstFrame is null && Parcel is TokenParcel { Message: var message })
        {
            message.Release();
            Parcel = new SupersededParcel(Link);
        }
    }
}
