using System.Security.Cryptography;
using Gateway.Storage.Sealing;

namespace Gateway.Engine.Webhooks;

/// <summary>What an engine knows the gateway's webhooks by: 32 random bytes (Standard Webhooks: 24 to 64), sealed at rest, shown once.</summary>
internal sealed class WebhookSecret(byte[] key)
{
    private const string Purpose = "webhook secret";

    public static WebhookSecret New() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>As the engine's library takes it.</summary>
    public string Text => "whsec_" + Convert.ToBase64String(key);

    public ReadOnlySpan<byte> Key => key;

    public byte[] Seal(Sealer sealer, string clientId) => sealer.Seal(Purpose, key, clientId);

    /// <summary>Null: it was sealed under a master key that is not there any more.</summary>
    public static WebhookSecret? Open(Sealer sealer, byte[] sealedSecret, string clientId) =>
        sealer.TryOpen(Purpose, sealedSecret, out var key, clientId) ? new(key) : null;

    /// <summary>A secret belongs in no log.</summary>
    public override string ToString() => nameof(WebhookSecret);
}
