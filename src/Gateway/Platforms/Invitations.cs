using System.Buffers.Text;
using System.Text;
using Gateway.Storage.Sealing;

namespace Gateway.Platforms;

/// <summary>The right to register one platform for a district, until a time (L-2.1).</summary>
internal sealed record Invitation(Guid Id, int District, DateTimeOffset ExpiresAt);

/// <summary>The invitation, or none: it was not sealed by this gateway, or its time is over.</summary>
internal readonly record struct InvitationOutcome(Invitation? Invitation, bool Expired);

/// <summary>Seals and opens invitations. Stateless; that one is used once is <see cref="Registering.SpentInvitations"/>'s matter.</summary>
internal sealed class Invitations(Sealer sealer, ToolFacts tool, TimeProvider time)
{
    private const string Purpose = "platform invitation 1";
    public const int LongestHours = 30 * 24;
    public const int UsualHours = 72;

    /// <summary>The address to give to the platform's administrator.</summary>
    public Outcome<(string Url, DateTimeOffset ExpiresAt)> Issue(int district, int hours)
    {
        if (hours is < 1 or > LongestHours)
            return new Failure("platform.validity_invalid", $"--valid-for is 1 to {LongestHours} hours.");
        var now = time.GetUtcNow();
        var expiresAt = now + TimeSpan.FromHours(hours);
        using var buffer = new MemoryStream(64);
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        Write(writer, new(Guid.CreateVersion7(now), district, expiresAt));
        return ($"{tool.RegistrationUrl}?invitation={sealer.SealText(Purpose, buffer.GetBuffer().AsSpan(0, (int)buffer.Length))}", expiresAt);
    }

    public InvitationOutcome Open(string? text)
    {
        if (text is null || !Base64Url.IsValid(text) || !sealer.TryOpenText(Purpose, text, out var bytes))
            return new(null, Expired: false);
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var invitation = Read(reader);
        return time.GetUtcNow() < invitation.ExpiresAt ? new(invitation, Expired: false) : new(null, Expired: true);
    }

    public static void Write(BinaryWriter writer, Invitation invitation)
    {
        writer.Write(invitation.Id.ToByteArray());
        writer.Write7BitEncodedInt(invitation.District);
        writer.Write7BitEncodedInt64(invitation.ExpiresAt.ToUnixTimeMilliseconds());
    }

    public static Invitation Read(BinaryReader reader) => new(
        new Guid(reader.ReadBytes(16)), reader.Read7BitEncodedInt(), DateTimeOffset.FromUnixTimeMilliseconds(reader.Read7BitEncodedInt64()));
}
