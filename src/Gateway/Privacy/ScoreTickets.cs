using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using Lti.Messages;

namespace Gateway.Privacy;

/// <summary>
/// Seals score tickets under the district's key and opens them. Text form: base64url of district (4 bytes), then the sealed value;
/// district and engine are authenticated with it, so another engine's ticket does not open.
/// </summary>
internal sealed class ScoreTickets(DistrictKeys keys)
{
    private const int Prefix = 4;
    private const int LongestText = 8192;

    public async ValueTask<string> IssueAsync(ScoreTicket ticket, string clientId, CancellationToken cancellation)
    {
        var ring = await keys.GetAsync(ticket.District, cancellation);
        var sealedTicket = ring.Seal(Write(ticket), Context(clientId));
        var bytes = new byte[Prefix + sealedTicket.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, ticket.District);
        sealedTicket.CopyTo(bytes.AsSpan(Prefix));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The ticket, or null when it is not one that this gateway gave this engine.</summary>
    public async ValueTask<ScoreTicket?> OpenAsync(string text, string clientId, CancellationToken cancellation)
    {
        if (text.Length is 0 or > LongestText || !Base64Url.IsValid(text))
            return null;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= Prefix)
            return null;
        var district = BinaryPrimitives.ReadInt32BigEndian(bytes);
        if (await keys.FindAsync(district, cancellation) is not { } ring)
            return null;
        return ring.TryOpen(bytes.AsSpan(Prefix), Context(clientId), out var plain) ? Read(district, plain) : null;
    }

    /// <summary>The district of a ticket that this gateway gave to one of these engines; null when it is none of theirs.</summary>
    public async ValueTask<int?> DistrictOfAsync(string text, IEnumerable<string> clientIds, CancellationToken cancellation)
    {
        foreach (var clientId in clientIds)
            if (await OpenAsync(text, clientId, cancellation) is { District: var district })
                return district;
        return null;
    }

    /// <summary>One learner's one column: scores within it keep their order.</summary>
    public async ValueTask<Pseudonym> LaneOfAsync(ScoreTicket ticket, CancellationToken cancellation)
    {
        var ring = await keys.GetAsync(ticket.District, cancellation);
        return ring.Pseudonyms.Of(IdentifierKind.ScoreLane, Encoding.UTF8.GetBytes(ticket.LineItemUrl), ticket.User.ExposeUtf8());
    }

    private static byte[] Write(ScoreTicket ticket)
    {
        using var buffer = new MemoryStream(256);
        using var writer = new BinaryWriter(buffer);
        writer.Write(ticket.LaunchId.ToByteArray());
        writer.Write(ticket.RegistrationId);
        writer.Write(ticket.LineItemUrl);
        var user = ticket.User.ExposeUtf8();
        writer.Write7BitEncodedInt(user.Length);
        writer.Write(user);
        writer.Write(ticket.ExpiresAt.ToUnixTimeSeconds());
        return buffer.ToArray();
    }

    private static ScoreTicket Read(int district, byte[] plain)
    {
        using var reader = new BinaryReader(new MemoryStream(plain));
        return new(
            district,
            new Guid(reader.ReadBytes(16)),
            reader.ReadInt32(),
            reader.ReadString(),
            OpaqueIdentifier.FromUtf8(reader.ReadBytes(reader.Read7BitEncodedInt())),
            DateTimeOffset.FromUnixTimeSeconds(reader.ReadInt64()));
    }

    private static byte[] Context(string clientId) => Encoding.UTF8.GetBytes($"score ticket:{clientId}");
}
