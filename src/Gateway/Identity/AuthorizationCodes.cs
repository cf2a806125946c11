using System.Security.Cryptography;
using System.Text;
using Gateway.Storage.Sealing;

namespace Gateway.Identity;

/// <summary>What an authorization code stands for.</summary>
/// <param name="Ticket">The launch, and the engine that it is for.</param>
/// <param name="RedirectUriHash">SHA-256 of the redirect URI that the code was sent to.</param>
/// <param name="Challenge">The S256 code challenge, decoded.</param>
/// <param name="Nonce">The engine's nonce, where it sent one.</param>
internal sealed record AuthorizationCode(SignInTicket Ticket, byte[] RedirectUriHash, byte[] Challenge, string? Nonce)
{
    public static byte[] HashOf(string redirectUri) => SHA256.HashData(Encoding.UTF8.GetBytes(redirectUri));

    public override string ToString() => nameof(AuthorizationCode);
}

/// <summary>
/// Seals and opens authorization codes. Stateless; that a launch is used once is <see cref="Token.SpentLaunches"/>'s matter.
/// </summary>
internal sealed class AuthorizationCodes(Sealer sealer, TimeProvider time)
{
    private const string Purpose = "authorization code 4";

    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    public string Issue(AuthorizationCode code)
    {
        using var buffer = new MemoryStream(512);
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write7BitEncodedInt64((time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds());
        writer.Write(code.RedirectUriHash);
        writer.Write(code.Challenge);
        SignInTicketFormat.WriteOptional(writer, code.Nonce);
        SignInTicketFormat.Write(writer, code.Ticket);
        return sealer.SealText(Purpose, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>The code's content, or null: not sealed by this gateway, or its time is over.</summary>
    public AuthorizationCode? Open(ReadOnlySpan<char> text)
    {
        if (!sealer.TryOpenText(Purpose, text, out var bytes))
            return null;
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var until = DateTimeOffset.FromUnixTimeMilliseconds(reader.Read7BitEncodedInt64());
        if (time.GetUtcNow() >= until)
            return null;
        var redirectUriHash = reader.ReadBytes(SHA256.HashSizeInBytes);
        var challenge = reader.ReadBytes(SHA256.HashSizeInBytes);
        var nonce = SignInTicketFormat.ReadOptional(reader);
        return new AuthorizationCode(SignInTicketFormat.Read(reader), redirectUriHash, challenge, nonce);
    }
}
