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
        new(F.WrongContentType, Error, "An answer is not JSON by its content type.", Stops, "Check the base URL: this is often a sign-in page.", Rest),
        new(F.JsonTruncated, Error, "An answer ends in the middle of the JSON.", Stops, "Run again; ask the vendor when it lasts.", Rest),
        new(F.JsonInvalid, Error, "An answer is not valid JSON.", Stops, "Tell the vendor the page.", Rest),
        new(F.WrapperMissing, Error, "An answer has no list under the collection's name.", Stops, "Check the base URL and the version.", Rest),
        new(F.RowTooLarge, Error, "A record is larger than allowed.", Stops, "Tell the vendor the page.", "of this reader, for safety"),
        new(F.RowsMissing, Error, "Fewer rows came than X-Total-Count promised.", "Half a roster would remove people. " + Stops, "Run again; ask the vendor when it lasts.", Rest),
        new(F.Endless, Error, "The server kept sending rows beyond any roster's size.", Stops, "Tell the vendor that paging does not end.", Rest),
        new(R.SelectionRefused, Warning, "The server refused to select or sort fields.", "Whole records are received, and the allowed fields read.", "Nothing; a vendor may be asked for it.", Rest),
        new(R.RepeatedRow, Warning, "A record came again on a later page and was dropped.", "The roster changed while it was read, or paging is not stable.", "Nothing, if it is rare.", Rest),
        new(R.MoreThanCounted, Warning, "More rows came than X-Total-Count said.", "All are read.", "Tell the vendor.", Rest),
        new(R.CountChanged, Warning, "X-Total-Count changed between pages.", "The roster changed while it was read.", "Choose an hour in which nobody edits.", Rest),
    ];
}
