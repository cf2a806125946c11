using System.Buffers.Text;
using System.Text;
using Gateway.Storage.Sealing;
using Lti.Registrations;

namespace Gateway.Platforms.Registering;

/// <summary>
/// What was shown to the administrator, as the button posts it back: by this the registration is what the page said, and the platform's
/// token is never in the page in clear. <c>KeySet</c> is the number of the tool's keys for this platform; they are made when it is posted.
/// </summary>
internal sealed record RegistrationDraft(
    Invitation Invitation, string Kind, string Issuer, Uri Authorize, Uri Token, Uri Jwks, Uri Registration, string PublishedBy, string? TokenAudience,
    string? RegistrationToken, Guid KeySet)
{
    public static RegistrationDraft Of(Invitation invitation, PlatformConfiguration platform, string? registrationToken, Guid keySet)
    {
        var kind = PlatformKinds.OfPlatform(platform.Issuer, platform.ProductFamily);
        var token = platform.TokenEndpoint.OriginalString;
        var audience = (kind.NamesItsAudience ? platform.AuthorizationServer : null) ?? kind.TokenAudience(token);
        return new(
            invitation, kind.Name, platform.Issuer, platform.AuthorizationEndpoint, platform.TokenEndpoint, platform.JwksUri, platform.RegistrationEndpoint,
            platform.PublishedBy, audience == token ? null : audience, registrationToken, keySet);
    }

    public PlatformEndpoints Endpoints => new(Issuer, Authorize.OriginalString, Token.OriginalString, Jwks.OriginalString) { TokenAudience = TokenAudience };

    public override string ToString() => nameof(RegistrationDraft);
}

/// <summary>Seals and opens drafts. A form that nobody was shown cannot be posted.</summary>
internal sealed class RegistrationDrafts(Sealer sealer, TimeProvider time)
{
    private const string Purpose = "platform registration form 2";

    // As long as Canvas's and Moodle's registration tokens.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public string Seal(RegistrationDraft draft)
    {
        using var buffer = new MemoryStream(2048);
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write7BitEncodedInt64((time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds());
        Invitations.Write(writer, draft.Invitation);
        foreach (var text in new[] { draft.Kind, draft.Issuer, draft.Authorize.OriginalString, draft.Token.OriginalString, draft.Jwks.OriginalString, draft.Registration.OriginalString, draft.PublishedBy })
            writer.Write(text);
        writer.Write(draft.TokenAudience ?? "");
        writer.Write(draft.RegistrationToken ?? "");
        writer.Write(draft.KeySet.ToByteArray());
        return sealer.SealText(Purpose, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>The draft, or null: not sealed by this gateway, or its time is over.</summary>
    public RegistrationDraft? Open(string? text)
    {
        if (text is null || !Base64Url.IsValid(text) || !sealer.TryOpenText(Purpose, text, out var bytes))
            return null;
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        if (time.GetUtcNow() >= DateTimeOffset.FromUnixTimeMilliseconds(reader.Read7BitEncodedInt64()))
            return null;
        return new(
            Invitations.Read(reader), reader.ReadString(), reader.ReadString(), new Uri(reader.ReadString()), new Uri(reader.ReadString()),
            new Uri(reader.ReadString()), new Uri(reader.ReadString()), reader.ReadString(), TextOrNull(reader), TextOrNull(reader), new Guid(reader.ReadBytes(16)));
    }

    private static string? TextOrNull(BinaryReader reader) => reader.ReadString() is { Length: > 0 } text ? text : null;
}
