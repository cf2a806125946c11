using System.Buffers.Text;

namespace Gateway.Identity;

/// <summary>A ticket's compact bytes, short because they ride in URLs. Another layout needs another sealing purpose.</summary>
internal static class SignInTicketFormat
{
    private const byte Absent = 0;
    private const byte Text = 1;
    private const byte Bytes = 2;

    // Rows are counted from one.
    private const long Nobody = 0;

    public static void Write(BinaryWriter writer, SignInTicket ticket)
    {
        writer.Write(ticket.LaunchId.ToByteArray());
        writer.Write7BitEncodedInt(ticket.District);
        writer.Write(ticket.DistrictSlug);
        writer.Write7BitEncodedInt64(ticket.LearnerId ?? Nobody);
        WriteOptional(writer, ticket.Role);
        writer.Write(ticket.ClientId);
        writer.Write(ticket.MessageType);
        writer.Write7BitEncodedInt64(ticket.ReviewedLearnerId ?? Nobody);
        WriteOptional(writer, ticket.ResourceLinkId);
        WriteOptional(writer, ticket.ContextId);
        WriteOptional(writer, ticket.TargetLinkUri);
        WriteOptional(writer, ticket.ScoreTicket);
        writer.Write7BitEncodedInt64(ticket.LaunchedAt.ToUnixTimeMilliseconds());
        WriteOptional(writer, ticket.ReturnUrl);
        writer.Write((ticket.Browser ?? Guid.Empty).ToByteArray());
    }

    public static SignInTicket Read(BinaryReader reader) => new(
        LaunchId: new Guid(reader.ReadBytes(16)),
        District: reader.Read7BitEncodedInt(),
        DistrictSlug: reader.ReadString(),
        LearnerId: ReadRow(reader),
        Role: ReadOptional(reader),
        ClientId: reader.ReadString(),
        MessageType: reader.ReadString(),
        ReviewedLearnerId: ReadRow(reader),
        ResourceLinkId: ReadOptional(reader),
        ContextId: ReadOptional(reader),
        TargetLinkUri: ReadOptional(reader),
        ScoreTicket: ReadOptional(reader),
        LaunchedAt: DateTimeOffset.FromUnixTimeMilliseconds(reader.Read7BitEncodedInt64()))
    {
        ReturnUrl = ReadOptional(reader),
        Browser = new Guid(reader.ReadBytes(16)) is var browser && browser != Guid.Empty ? browser : null,
    };

    public static void WriteOptional(BinaryWriter writer, string? value)
    {
        if (value is null)
        {
            writer.Write(Absent);
        }
        else if (CanonicalBase64Url(value) is { } bytes)
        {
            // A sealed value inside a sealed value: its text would grow by a third again.
            writer.Write(Bytes);
            writer.Write7BitEncodedInt(bytes.Length);
            writer.Write(bytes);
        }
        else
        {
            writer.Write(Text);
            writer.Write(value);
        }
    }

    public static string? ReadOptional(BinaryReader reader) => reader.ReadByte() switch
    {
        Absent => null,
        Bytes => Base64Url.EncodeToString(reader.ReadBytes(reader.Read7BitEncodedInt())),
        _ => reader.ReadString(),
    };

    private static long? ReadRow(BinaryReader reader) => reader.Read7BitEncodedInt64() is var row and not Nobody ? row : null;

    private static byte[]? CanonicalBase64Url(string value)
    {
        if (!Base64Url.IsValid(value))
            return null;
        var bytes = Base64Url.DecodeFromChars(value);
        return Base64Url.EncodeToString(bytes) == value ? bytes : null;
    }
}
