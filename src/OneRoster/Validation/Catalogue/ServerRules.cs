using static OneRoster.Validation.RuleSeverity;
using F = OneRoster.Validation.RosterFailures;
using R = OneRoster.Validation.RosterRules;

namespace OneRoster.Validation.Catalogue;

/// <summary>What is wrong with a OneRoster server rather than with its roster.</summary>
internal static class ServerRules
{
    private const string Rest = "REST binding";
    private const string Stops = "The reading ends there and nothing is applied.";

    public static IReadOnlyList<RosterRule> All { get; } =
    [
        new(F.TokenRefused, Error, "The token endpoint refused the client.", Stops, "Compare client id, secret and token URL with what the vendor shows.", "OAuth 2.0 (RFC 6749) 5.2"),
        new(F.TokenInvalid, Error, "The token endpoint answered something that is no token.", Stops, "Check the token URL.", "OAuth 2.0 (RFC 6749) 5.1"),
        new(F.Unauthorized, Error, "The server answered 401 to a fresh token.", Stops, "Check that the client may use this server.", Rest),
        new(F.Forbidden, Error, "The server answered 403.", Stops, "Give the client the scope roster-core.readonly.", Rest),
        new(F.UnexpectedStatus, Error, "The server answered another status than 200.", Stops, "Check the base URL and the version.", Rest),
        new(F.Unavailable, Error, "The server stayed busy or broken through all attempts.", Stops, "Try again later; ask the vendor when it lasts.", Rest),
        new(F.ConnectionLost, Error, "The server could not be reached, or the connection broke, through all attempts.", Stops, "Check the address and the network.", Rest),
        new(F.NameUnknown, Error, "The host's name is not known (DNS).", Stops, "Check how the host's name is written, and this machine's name server.", Rest),
        new(F.AddressRefused, Error, "The host's name leads to a network that the gateway does not connect to.", Stops, "Enter a public address, or let the gateway reach private networks (Gateway__AllowPrivateNetworks).", "of this reader, for safety"),
        new(F.CertificateUntrusted, Error, "The TLS certificate is signed by nobody whom this machine trusts.", "Anybody could read the secret and the roster on the way. " + Stops, "Connect with --ca-file and the certificate of the district's own authority, or the server's own if it is self-signed.", "of this reader, for safety"),
        new(F.CertificateExpired, Error, "The TLS certificate has expired or is not valid yet.", Stops, "Ask the server's operator to renew it; check this machine's clock.", "of this reader, for safety"),
        new(F.CertificateWrongHost, Error, "The TLS certificate is for another host name.", Stops, "Enter the name that the certificate is for, or ask the server's operator.", "of this reader, for safety"),
        new(F.TlsFailed, Error, "No TLS connection comes about.", Stops, "Check that the server speaks https at that port.", "of this reader, for safety"),
        new(F.WrongContentType, Error, "An answer is not JSON, by its content type and by its first letter.", Stops, "Check the base URL: this is often a sign-in page.", Rest),
        new(F.JsonTruncated, Error, "An answer ends in the middle of the JSON.", Stops, "Run again; ask the vendor when it lasts.", Rest),
        new(F.JsonInvalid, Error, "An answer is not valid JSON.", Stops, "Tell the vendor the page.", Rest),
        new(F.WrapperMissing, Error, "An answer has no list under the collection's name.", Stops, "Check the base URL and the version.", Rest),
        new(F.RowTooLarge, Error, "A record is larger than allowed.", Stops, "Tell the vendor the page.", "of this reader, for safety"),
        new(F.RowsMissing, Error, "Fewer rows came than X-Total-Count promised.", "Half a roster would remove people. " + Stops, "Run again; ask the vendor when it lasts.", Rest),
        new(F.Endless, Error, "The server kept sending rows beyond any roster's size.", Stops, "Tell the vendor that paging does not end.", Rest),
        new(F.Redirected, Error, "The server answered with a redirect.", "One to another origin, or of the token URL, is not followed, because the client's secret would go along.", "Connect with the address that it points to, if that is the vendor's.", "of this reader, for safety"),
        new(F.FilterRefused, Error, "The server refuses to filter by dateLastModified.", "Changes cannot be asked for; everything is pulled instead.", "Connect without changes only.", Rest),
        new(F.ChangedWhileRead, Error, "A collection changed each time that it was read, or its rows have no fixed order.", "A row between two pages would be missed.", "Choose an hour in which nobody edits; ask the vendor for a fixed order.", Rest),
        new(F.LinkLoop, Error, "The Link headers lead in a circle.", "Rows behind it cannot be had.", "Tell the vendor.", Rest),
        new(F.OffsetIgnored, Error, "The server sends its first rows whatever offset is asked.", "The others cannot be had.", "Tell the vendor that paging does not work.", Rest),
        new(F.TooSlow, Error, "A page takes longer than allowed, through all attempts.", "The night has an end.", "Run at another hour; tell the vendor.", "of this reader, for safety"),
        new(F.NoServerFound, Error, "There is no OneRoster server at the address or near it.", "Nothing is stored.", "Compare the address with what the vendor gives; ask whether it is reachable from outside.", Rest),
        new(R.PageSizeReduced, Warning, "The server failed at the page size that was asked.", "Smaller pages are read, which takes longer.", "Nothing; a vendor may be asked for it.", Rest),
        new(R.ForeignLink, Warning, "A Link header points to another origin.", "It is not followed: the access token would go along.", "Tell the vendor.", "of this reader, for safety"),
        new(R.SelectionRefused, Warning, "The server refused to select or sort fields.", "Whole records are received, and the allowed fields read.", "Nothing; a vendor may be asked for it.", Rest),
        new(R.RepeatedRow, Warning, "A record came again on a later page and was dropped.", "The roster changed while it was read, or paging is not stable.", "Nothing, if it is rare.", Rest),
        new(R.CollectionAbsent, Warning, "The server has no such collection, or no list under its name, and has others.", "It was read as empty.", "Nothing, if there is nothing in it; otherwise ask the vendor for it.", Rest),
        new(R.OlderUsers, Warning, "A 1.2 server sends a user's role and orgs as 1.1 has them.", "They are read as the user's roles.", "Tell the vendor.", Rest),
        new(R.MoreThanCounted, Warning, "More rows came than X-Total-Count said.", "All are read.", "Tell the vendor.", Rest),
        new(R.CountChanged, Warning, "X-Total-Count changed between pages.", "The roster changed while it was read, and the collection is read again.", "Choose an hour in which nobody edits.", Rest),
        new(R.RowsMoved, Warning, "The rows moved while they were read.", "The collection is read again.", "Choose an hour in which nobody edits.", Rest),
    ];
}
