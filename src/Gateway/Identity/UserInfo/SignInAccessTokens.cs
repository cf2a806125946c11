using System.Text;
using Gateway.Storage.Sealing;

namespace Gateway.Identity.UserInfo;

/// <summary>
/// The access token that OpenID Connect Core 3.1.3.3 wants beside an id_token: good at the UserInfo endpoint and nowhere else. Sealed and
/// not signed: nobody but the gateway reads it, and a signature is most of what a token response costs.
/// </summary>
internal sealed class SignInAccessTokens(Sealer sealer, TimeProvider time)
{
    private const string Purpose = "sign-in access token 2";

    /// <summary>As long as the id_token's.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public string Issue(SignInTicket ticket, string subject, long credential)
    {
        using var buffer = new MemoryStream(160);
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write7BitEncodedInt64((time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds());
        writer.Write(ticket.LaunchId.ToByteArray());
        writer.Write7BitEncodedInt(ticket.District);
        writer.Write(ticket.ClientId);
        writer.Write7BitEncodedInt64(credential);
        writer.Write(subject);
        SignInTicketFormat.WriteOptional(writer, ticket.Role);
        writer.Write(ticket.DistrictSlug);
        writer.Write(ticket.LearnerId is null);
        return sealer.SealText(Purpose, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>What it stands for, or null: not sealed by this gateway, or its time is over.</summary>
    public SignInAccess? Open(ReadOnlySpan<char> text)
    {
        if (!sealer.TryOpenText(Purpose, text, out var bytes))
            return null;
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var until = DateTimeOffset.FromUnixTimeMilliseconds(reader.Read7BitEncodedInt64());
        return time.GetUtcNow() < until
            ? new SignInAccess(
                LaunchId: new Guid(reader.ReadBytes(16)),
                District: reader.Read7BitEncodedInt(),
                ClientId: reader.ReadString(),
                Credential: reader.Read7BitEncodedInt64(),
                Subject: reader.ReadString(),
                Role: SignInTicketFormat.ReadOptional(reader),
                DistrictSlug: reader.ReadString(),
                IsGuest: reader.ReadBoolean())
            : null;
    }
}
