using System.Security.Cryptography;

namespace Gateway.Storage.Sealing;

/// <summary>The master keys: 32 bytes each, the first one seals, all of them open. Never in the database.</summary>
internal sealed class MasterKeys
{
    private readonly (uint Id, byte[] Key)[] keys;

    private MasterKeys(IEnumerable<byte[]> keys) => this.keys = [.. keys.Select(k => (IdOf(k), k))];

    public (uint Id, byte[] Key) Current => keys[0];

    public IReadOnlyList<(uint Id, byte[] Key)> All => keys;

    public byte[]? Find(uint id)
    {
        foreach (var (candidate, key) in keys)
            if (candidate == id)
                return key;
        return null;
    }

    public static MasterKeys Of(params byte[][] keys)
    {
        if (keys.Length == 0 || keys.Any(k => k.Length != 32))
            throw new ArgumentException("A master key is 32 bytes.", nameof(keys));
        return new MasterKeys(keys);
    }

    /// <summary>Reads the lines of a master key file: 32 bytes in base64 each; the first is current, the others are older ones.</summary>
    public static MasterKeysOutcome Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var parsed = new List<byte[]>();
        foreach (var line in lines)
        {
            var key = new byte[33];
            if (!Convert.TryFromBase64String(line, key, out var written) || written != 32)
                return new($"line {parsed.Count + 1} is not 32 bytes in base64 (make one with: openssl rand -base64 32)");
            parsed.Add(key[..32]);
        }

        return parsed.Count == 0 ? new("the file holds no key (make one with: openssl rand -base64 32)") : new(new MasterKeys(parsed));
    }

    private static uint IdOf(byte[] key)
    {
        // A name for the key that tells nothing of it.
        Span<byte> id = stackalloc byte[32];
        HMACSHA256.HashData(key, "gateway master key id"u8, id);
        return BitConverter.ToUInt32(id);
    }
}

/// <summary>Either the keys or the reason, in words for an operator, why the file holds none.</summary>
internal readonly record struct MasterKeysOutcome(MasterKeys? Keys, string? Problem)
{
    public MasterKeysOutcome(MasterKeys keys) : this(keys, null) { }

    public MasterKeysOutcome(string problem) : this(null, problem) { }
}
