using System.Globalization;
using Lti.Security;

namespace Lti.Registrations;

/// <summary>
/// Tries everything that a launch and a score need of a platform, without a person: addresses, clock, keys, access token, deployment.
/// Nothing is stored, nothing is taken from a cache.
/// </summary>
public sealed class ConnectionCheck(JwksCache jwks, IToolKeyStore keys, LtiHttp http, TimeProvider clock)
{
    /// <summary>The findings, one for each subject and always in the same order.</summary>
    /// <param name="registration">The platform to try.</param>
    /// <param name="scopes">The scopes that the tool works with.</param>
    /// <param name="behind">How far the platform's clock was behind the tool's in its last launches, negative when ahead; null: none is known.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async Task<IReadOnlyList<ConnectionFinding>> RunAsync(
        Registration registration, IReadOnlyCollection<string> scopes, TimeSpan? behind, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registration);
        ArgumentNullException.ThrowIfNull(scopes);
        var probe = await http.ProbeAsync(registration.AuthorizationEndpoint, cancellationToken);
        var found = await KeysAsync(registration, cancellationToken);
        // A cache of its own: a token that was granted yesterday says nothing of today.
        AccessTokenClient tokens = new(keys, new AccessTokenCache(clock), http, clock);
        var outcome = await tokens.GetAsync(registration, scopes, cancellationToken);
        return
        [
            Tls(registration, probe),
            Authorization(probe),
            ClockFinding.Of(outcome, behind),
            found,
            TokenFinding.Of(outcome, scopes),
            Deployment(registration),
        ];
    }

    private static ConnectionFinding Tls(Registration registration, LtiProbe probe)
    {
        Uri[] addresses = [registration.AuthorizationEndpoint, registration.TokenEndpoint, registration.JwksUri];
        if (probe.IsSecureFault)
        {
            return new("tls", ConnectionMark.Failed, "lti.check_certificate_refused", "The platform's certificate was refused.",
                "Renew the certificate, with its whole chain, or correct the host's name.");
        }

        return Array.TrueForAll(addresses, address => address.Scheme == Uri.UriSchemeHttps)
            ? new("tls", ConnectionMark.Passed, "lti.check_tls", "All addresses are https.")
            : new("tls", ConnectionMark.Warning, "lti.check_not_https", "An address is plain http.", "Use https anywhere but on one machine.");
    }

    private static ConnectionFinding Authorization(LtiProbe probe) => probe.Status switch
    {
        null => new("authorization", ConnectionMark.Failed, "lti.check_authorization_unreachable", "The authorization endpoint does not answer.",
            "Compare the address with the platform's own, and see whether the platform is up and reachable from here."),
        // Without a launch's parameters a platform answers with an error of the 4xx kind, or with a page.
        { } status when (int)status < 500 => new("authorization", ConnectionMark.Passed, "lti.check_authorization", "The authorization endpoint answers."),
        { } status => new("authorization", ConnectionMark.Failed, "lti.check_authorization_broken",
            string.Create(CultureInfo.InvariantCulture, $"The authorization endpoint answers with status {(int)status}."), "See whether the platform is up."),
    };

    private async Task<ConnectionFinding> KeysAsync(Registration registration, CancellationToken cancellationToken)
    {
        var found = await jwks.CheckAsync(registration.JwksUri, cancellationToken);
        if (found.Fault is { } fault) return new("keys", ConnectionMark.Failed, fault.Code, fault.WhatHappened, fault.ForAdministrator);
        return found.UsableKeys > 0
            ? new("keys", ConnectionMark.Passed, "lti.check_keys",
                string.Create(CultureInfo.InvariantCulture, $"{found.UsableKeys} usable keys ({string.Join(", ", found.Algorithms)})."))
            : new("keys", ConnectionMark.Failed, "lti.check_keys_none", "The key set holds no key that can verify a launch.",
                "The platform must publish an RSA key of 2,048 bits or a P-256 key, with a kid.");
    }

    private static ConnectionFinding Deployment(Registration registration)
    {
        if (registration.DeploymentIds.Count > 0)
            return new("deployment", ConnectionMark.Passed, "lti.check_deployment", string.Create(CultureInfo.InvariantCulture, $"{registration.DeploymentIds.Count} known."));
        return registration.LearnsDeployments
            ? new("deployment", ConnectionMark.Warning, "lti.check_deployment_unknown", "None is known yet: the first launch's is learned.", "Launch once.")
            : new("deployment", ConnectionMark.Failed, "lti.check_deployment_missing", "None is known and none is learned.", "Enter the platform's deployment id.");
    }
}
