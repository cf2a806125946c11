using Gateway.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Identity.Token;

/// <summary>Says to one engine who launched: an id under its own key, a role and the launch. No name, no e-mail address, ever.</summary>
internal sealed class IdTokens(SigningKeys keys, PublicAddress address, TimeProvider time)
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Every claim that an id_token can hold.</summary>
    public static IReadOnlyList<string> Claims { get; } =
    [
        "iss", "sub", "aud", "iat", "exp", "auth_time", "nonce", "role", "district", "launch", "target_link_uri", "score_ticket", "guest", "return_url",
    ];

    public async ValueTask<string> IssueAsync(
        RegisteredEngine engine, SignInTicket ticket, SignInSubject subject, string? nonce, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var pair = await keys.ActiveAsync(engine.IdTokenSigning, cancellation);
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = address.Url,
            Audience = ticket.ClientId,
            IssuedAt = now,
            Expires = now + Lifetime,
            Claims = ClaimsOf(ticket, subject, nonce),
            SigningCredentials = pair.Credentials,
        });
    }

    private static Dictionary<string, object> ClaimsOf(SignInTicket ticket, SignInSubject subject, string? nonce)
    {
        var launch = new Dictionary<string, object> { ["message_type"] = ticket.MessageType };
        AddPresent(launch, "for_learner", subject.Reviewed);
        AddPresent(launch, "resource_link_id", ticket.ResourceLinkId);
        AddPresent(launch, "context_id", ticket.ContextId);
        var claims = new Dictionary<string, object>
        {
            ["sub"] = subject.Subject,
            ["auth_time"] = ticket.LaunchedAt.ToUnixTimeSeconds(),
            ["district"] = ticket.DistrictSlug,
            ["launch"] = launch,
        };
        AddPresent(claims, "role", ticket.Role);
        AddPresent(claims, "nonce", nonce);
        AddPresent(claims, "target_link_uri", ticket.TargetLinkUri);
        AddPresent(claims, "score_ticket", ticket.ScoreTicket);
        AddPresent(claims, "return_url", ticket.ReturnUrl);
        if (ticket.LearnerId is null)
            claims["guest"] = true;
        return claims;
    }

    private static void AddPresent(Dictionary<string, object> claims, string name, string? value)
    {
        if (value is not null)
            claims[name] = value;
    }
}
