using System.Text.RegularExpressions;

namespace Gateway.Mail;

/// <summary>
/// An address that mail can go to: ASCII, one <c>@</c>, no quotes, no comment, no blank and no line break, so that it cannot add a
/// header or a recipient. As text it is masked; only what sends or seals it asks for <see cref="Value"/>.
/// </summary>
internal sealed partial class EmailAddress
{
    private EmailAddress(string value) => Value = value;

    public string Value { get; }

    /// <summary>Enough for its owner to know it by: <c>a***@example.org</c>.</summary>
    public string Masked => $"{Value[0]}***{Value[Value.IndexOf('@', StringComparison.Ordinal)..]}";

    /// <summary>Null when the text is no such address.</summary>
    public static EmailAddress? Parse(string? text) =>
        text is { Length: <= 254 } && Form().IsMatch(text) && text.IndexOf('@', StringComparison.Ordinal) <= 64 ? new EmailAddress(text) : null;

    public override string ToString() => Masked;

    // RFC 5321, 4.1.2: a dot-string and a domain of letters, digits and hyphens; quoted strings and address literals are left out.
    [GeneratedRegex(
        @"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
