namespace OneRoster.Validation.Checks;

/// <summary>What a map keeps beside a key when it is used as a set.</summary>
internal readonly record struct Nothing;

/// <summary>
/// A map from hashes to small values in two flat arrays, filled to four fifths at most: an entry costs 10 to 16 bytes and the value's size
/// as often again, whatever the number. Entries are not removed.
/// </summary>
internal sealed class CompactMap<T>
    where T : unmanaged
{
    private ulong[] keys = new ulong[64];
    private T[] values = new T[64];

    public int Count { get; private set; }

    /// <summary>All entries, in no order.</summary>
    public IEnumerable<(ulong Key, T Value)> Entries
    {
        get
        {
            for (var i = 0; i < keys.Length; i++)
                if (keys[i] != 0)
                    yield return (keys[i], values[i]);
        }
    }

    /// <summary>Finds or adds an entry. The reference is good until the next one is added.</summary>
    public ref T At(ulong key, out bool existed)
    {
        if (Count * 5L >= keys.Length * 4L)
            Grow();
        var place = Place(key);
        existed = keys[place] == key;
        if (!existed)
        {
            keys[place] = key;
            Count++;
        }

        return ref values[place];
    }

    /// <summary>Adds a key.</summary>
    /// <returns>False if it was there already.</returns>
    public bool Add(ulong key)
    {
        At(key, out var existed);
        return !existed;
    }

    public bool TryGet(ulong key, out T value)
    {
        var place = Place(key);
        value = values[place];
        return keys[place] == key;
    }

    /// <summary>An entry that is known to be there.</summary>
    public ref T Get(ulong key) => ref values[Place(key)];

    /// <summary>Where the key is, or where it belongs.</summary>
    private int Place(ulong key)
    {
        // The upper bits of a product spread keys evenly over any length.
        var place = (int)Math.BigMul(key, (ulong)keys.Length, out _);
        while (keys[place] != 0 && keys[place] != key)
            place = place + 1 == keys.Length ? 0 : place + 1;
        return place;
    }

    private void Grow()
    {
        var (oldKeys, oldValues) = (keys, values);
        var length = (int)Math.Min(Array.MaxLength, (oldKeys.Length * 8L / 5) + 8);
        (keys, values) = (new ulong[length], new T[length]);
        for (var i = 0; i < oldKeys.Length; i++)
            if (oldKeys[i] != 0)
            {
                var place = Place(oldKeys[i]);
                (keys[place], values[place]) = (oldKeys[i], oldValues[i]);
            }
    }
}
