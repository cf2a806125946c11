using System.Globalization;
using Lti.Security;

namespace Lti.Registrations;

/// <summary>What asking for an access token showed, and for each of a platform's answers what to look at.</summary>
internal static class TokenFinding
{
    public static ConnectionFinding Of(AccessTokenOutcome outcome, IReadOnlyCollection<string> scopes)
    {
        if (outcome is AccessTokenGranted { Token: var token })
        {
            var missing = scopes.Where(scope => !token.Covers(scope)).ToList();
            return missing.Count == 0
                ? new("token", ConnectionMark.Passed, "lti.check_token", "An access token is granted for everything that is asked for.")
                : new("token", ConnectionMark.Failed, "lti.check_scopes_missing", $"Not granted: {string.Join(", ", missing)}.", SwitchServicesOn);
        }

        var denied = (AccessTokenDenied)outcome;
        var (whatIsSo, whatToDo) = Words(denied);
        return new("token", ConnectionMark.Failed, denied.Code, whatIsSo, whatToDo);
    }

    private const string SwitchServicesOn = "Switch the tool's service for grades (Assignment and Grade Services) on in the platform.";

    private static (string WhatIsSo, string WhatToDo) Words(AccessTokenDenied denied) => denied.Code switch
    {
        ClockWords.Behind or ClockWords.Ahead => ("The platform refuses the time in the gateway's assertion.", "See the line about the clock; nothing else has to be changed."),
        // Moodle and Canvas: the tool is known and may use none of the services that were asked for.
        "lti.token_invalid_scope" => ("The platform knows the tool and grants it none of the services.", SwitchServicesOn),
        // Moodle: no tool with this client id (any more). Canvas: the key is off or deleted, or the signature does not fit.
        "lti.token_invalid_client" => (
            "The platform does not know a tool with this client id, or cannot verify its signature.",
            "See whether the tool was removed or switched off in the platform; compare the client id; see that the platform can fetch the tool's keys (JWKS address). A clock that is behind gives the same answer in older Moodle."),
        "lti.token_unauthorized_client" => (
            "The platform knows the tool and does not let it ask for tokens.", "Switch the tool, and its services, on in the platform: its installation is off or was not finished."),
        "lti.token_unsupported_grant_type" or "lti.token_invalid_request" => (
            "What answers at the token address does not take an assertion.", "Compare the token endpoint with the platform's own."),
        "lti.token_invalid_grant" => (
            "The platform does not accept the assertion.", "Compare the token endpoint and the audience with those that the platform shows, and look at the clock."),
        "lti.token_unreachable" => ("The token endpoint does not answer.", "Compare its address with the platform's own, and see whether it is reachable from here."),
        "lti.token_throttled" => ("The platform asks the gateway to wait.", "Check again in some minutes."),
        "lti.token_unavailable" => (
            string.Create(CultureInfo.InvariantCulture, $"The token endpoint has a problem of its own (status {denied.Status})."), "See whether the platform is up, and check again."),
        "lti.token_malformed_answer" => ("What answers at the token address gives no token.", "Compare the token endpoint with the platform's own."),
        _ => ("No access token is granted.", "Compare the token endpoint with the platform's own, and see whether the tool is switched on there."),
    };
}
