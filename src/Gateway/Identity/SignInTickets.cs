using System.Buffers.Text;
using System.Text;
using Gateway.Storage.Sealing;

namespace Gateway.Identity;

/// <summary>Seals and opens sign-in tickets. Stateless: any replica opens what another one sealed.</summary>
internal sealed class SignInTickets(Sealer sealer, TimeProvider time)
{
    private const string Purpose = "sign-in ticket 4";

    /// <summary>From the launch's answer to the engine's authorization request.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>The ticket as text for a URL (base64url).</summary>
    public string Issue(SignInTicket ticket)
    {
        using var buffer = new MemoryStream(512);
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write7BitEncodedInt64((time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds());
        SignInTicketFormat.Write(writer, ticket);
        return sealer.SealText(Purpose, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    public SignInTicketOutcome Open(ReadOnlySpan<char> text)
    {
        if (!Base64Url.IsValid(text) || !sealer.TryOpenText(Purpose, text, out var bytes))
            return new(null, Expired: false);
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var until = DateTimeOffset.FromUnixTimeMilliseconds(reader.Read7BitEncodedInt64());
        return time.GetUtcNow() < until ? new(SignInTicketFormat.Read(reader), Expired: false) : new(null, Expired: true);
    }
}

/// <summary>The ticket, or none: it was not sealed by this gateway, or its time is over.</summary>
internal readonly record struct SignInTicketOutcome(SignInTicket? Ticket, bool Expired);
