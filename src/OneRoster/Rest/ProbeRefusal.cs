using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>Says why a probe found no server: the reason that explains most, and every address that was tried.</summary>
internal static class ProbeRefusal
{
    /// <summary>Codes after which no other path of the same host needs to be tried.</summary>
    private static readonly string[] OnTheWay =
    [
        RosterFailures.NameUnknown, RosterFailures.AddressRefused, RosterFailures.CertificateUntrusted, RosterFailures.CertificateExpired,
        RosterFailures.CertificateWrongHost, RosterFailures.TlsFailed, RosterFailures.ConnectionLost,
    ];

    /// <summary>What says more than that there is nothing, the most telling first.</summary>
    private static readonly string[] Telling =
        [.. OnTheWay, RosterFailures.TokenRefused, RosterFailures.TokenInvalid, RosterFailures.Redirected, RosterFailures.Unavailable, RosterFailures.Forbidden, RosterFailures.Unauthorized];

    public static bool IsFinal(RosterSourceException failure) =>
        OnTheWay.Contains(failure.Code) || (failure.AtTokenUrl && failure.Code is RosterFailures.Redirected or RosterFailures.Unavailable);

    public static RosterRefusal Of(IReadOnlyList<ProbedAddress> tried, IReadOnlyList<RosterSourceException> failures)
    {
        // A token URL that fails hides what is behind it.
        var told = Telling.SelectMany(code => failures.Where(failure => failure.Code == code)).OrderBy(failure => !failure.AtTokenUrl).FirstOrDefault();
        var advice = told switch
        {
            null => "No OneRoster server answers there: ask its operator for the base URL.",
            { AtTokenUrl: true } => $"The token URL fails: {told.Reason}.",
            { Code: RosterFailures.Forbidden } => "The server knows the client and denies it the organisations: ask its operator for the scope roster-core.readonly.",
            { Code: RosterFailures.Unauthorized } => "The server refuses the client: check key, secret and kind of authorization, and this machine's clock.",
            _ => $"The OneRoster server fails: {told.Reason}.",
        };
        var list = string.Join(", ", tried.Select(address => $"{address.Address.AbsolutePath} ({address.Code}{(address.HttpStatus is { } status ? $", HTTP {status}" : "")})"));
        return new RosterRefusal(told?.Code ?? RosterFailures.NoServerFound, $"{advice} Tried at {tried[0].Address.GetLeftPart(UriPartial.Authority)}: {list}.");
    }
}
