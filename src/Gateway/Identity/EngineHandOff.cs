using Gateway.Hosting;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Identity;

/// <summary>The way from a finished launch to the engine's sign-in: OpenID Connect Core 4, initiating login from a third party.</summary>
internal sealed class EngineHandOff(SignInTickets tickets, PublicAddress address)
{
    /// <summary>Where to send the browser: the engine answers with an authorization request that carries the ticket back.</summary>
    public string UrlFor(RegisteredEngine engine, SignInTicket ticket)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["iss"] = address.Url,
            ["login_hint"] = tickets.Issue(ticket),
            ["target_link_uri"] = ticket.TargetLinkUri,
        };
        return QueryHelpers.AddQueryString(engine.InitiateLoginUri, parameters);
    }
}
