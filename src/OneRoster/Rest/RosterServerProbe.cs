using Microsoft.Extensions.Logging;
using OneRoster.Model;

namespace OneRoster.Rest;

/// <summary>
/// Finds out where a OneRoster server is, which version it speaks there and what it can do, by asking for one organisation. Nothing of
/// the organisation becomes a value.
/// </summary>
/// <param name="http">The client to send with, which the caller owns; it follows no redirects.</param>
/// <param name="time">The clock of waits and of token life.</param>
/// <param name="logger">Receives codes and counts.</param>
public sealed class RosterServerProbe(HttpClient http, TimeProvider time, ILogger<RosterServerProbe> logger)
{
    private const int Attempts = 2;

    /// <summary>Tries the address as given, and then the paths that servers are known to use.</summary>
    /// <param name="options">The address, the version that is expected, and how the client shows who it is.</param>
    /// <param name="cancellationToken">Stops the probe.</param>
    public async Task<RosterProbeOutcome> ProbeAsync(RestRosterSourceOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var tried = new List<ProbedAddress>();
        var failures = new List<RosterSourceException>();
        foreach (var version in ProbeCandidates.Of(options.BaseUrl, options.Version).GroupBy(candidate => candidate.Version))
        {
            // The scopes, and so the token, are those of the version.
            var its = options with { Version = version.Key, Attempts = Attempts };
            var sender = new RetryingSender(http, its, time, logger);
            var authorization = RequestAuthorization.Of(its, sender, time);
            foreach (var (address, _) in version)
            {
                try
                {
                    var requests = new AuthorizedRequests(sender, authorization, new ServerHabits(), logger);
                    var facts = await new ProbedServer(address, its, requests).LookAsync(cancellationToken);
                    tried.Add(new ProbedAddress(address, null, 200));
                    return new RosterProbeOutcome(With(facts, authorization), null, tried);
                }
                catch (RosterSourceException failure)
                {
                    tried.Add(new ProbedAddress(address, failure.Code, failure.HttpStatus));
                    failures.Add(failure);
                    if (ProbeRefusal.IsFinal(failure))
                        return new RosterProbeOutcome(null, ProbeRefusal.Of(tried, failures), tried);
                    // Another version has another scope.
                    if (failure.AtTokenUrl)
                        break;
                }
            }
        }

        return new RosterProbeOutcome(null, ProbeRefusal.Of(tried, failures), tried);
    }

    private static RosterServerFacts With(RosterServerFacts facts, IRequestAuthorization authorization) => authorization is AccessTokens { Accepted: { } way }
        ? facts with { SecretInForm = way.SecretInForm, ScopeInQuery = way.ScopeInQuery }
        : facts;
}
