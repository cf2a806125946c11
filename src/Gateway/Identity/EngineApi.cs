using System.Security.Claims;
using Gateway.Identity.Bearer;
using Microsoft.AspNetCore.Authorization;

namespace Gateway.Identity;

/// <summary>The engine's API as its endpoints see it: which scopes there are, how to demand one, who is calling.</summary>
internal static class EngineApi
{
    /// <summary>Districts, classes and learners, read only.</summary>
    public const string RosterRead = "roster.read";

    /// <summary>Scores for the gradebook.</summary>
    public const string ScoresWrite = "scores.write";

    /// <summary>The feed of changes.</summary>
    public const string EventsRead = "events.read";

    /// <summary>The scopes of client credentials.</summary>
    public static IReadOnlyList<string> Scopes { get; } = [RosterRead, ScoresWrite, EventsRead];

    /// <summary>
    /// Lets only a valid access token with this scope pass. Otherwise a problem document: 401 <c>api.token_invalid</c> or
    /// 403 <c>api.scope_missing</c>.
    /// </summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, string scope)
        where TBuilder : IEndpointConventionBuilder
    {
        var policy = new AuthorizationPolicyBuilder(BearerHandler.SchemeName).RequireClaim(BearerHandler.ScopeClaim, scope).Build();
        return endpoint.RequireAuthorization(policy).WithMetadata(new RequiredScope(scope));
    }

    /// <summary>The calling engine's client id, behind <see cref="RequireScope"/>.</summary>
    /// <exception cref="InvalidOperationException">The endpoint lets callers pass without a token.</exception>
    public static string ClientIdOf(ClaimsPrincipal user) =>
        user.FindFirstValue(BearerHandler.ClientIdClaim)
            ?? throw new InvalidOperationException("The endpoint does not demand an access token.");
}

/// <summary>Endpoint metadata: the scope that a caller needs.</summary>
internal sealed record RequiredScope(string Scope);
