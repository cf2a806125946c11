using System.Text.Encodings.Web;
using Gateway.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Identity.Bearer;

/// <summary>
/// Authenticates engines by their access token (RFC 6750, header only). A token of an engine that is no longer enabled, or that was given for
/// a credential that the engine has no longer, is refused.
/// </summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    KnownTokens tokens,
    EngineClients engines)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Bearer";
    public const string ClientIdClaim = "client_id";
    public const string ScopeClaim = "scope";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (BearerHeader.TokenOf(Request) is not { } token)
            return AuthenticateResult.NoResult();
        if (await tokens.OpenAsync(token, Context.RequestAborted) is not { } known
            || await engines.FindAsync(known.Access.ClientId, Context.RequestAborted) is not { Enabled: true } engine
            || !engine.Holds(known.Access.Credential))
        {
            return AuthenticateResult.Fail("api.token_invalid");
        }

        return AuthenticateResult.Success(new AuthenticationTicket(known.User, SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = BearerHeader.Challenge(BearerHeader.TokenOf(Request));
        return AnswerAsync(StatusCodes.Status401Unauthorized, "api.token_invalid", "A valid access token is required.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var scope = Context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Scope;
        Response.Headers.WWWAuthenticate = $"{SchemeName} error=\"insufficient_scope\", scope=\"{scope}\"";
        return AnswerAsync(StatusCodes.Status403Forbidden, "api.scope_missing", $"The access token lacks the scope {scope}.");
    }

    private Task AnswerAsync(int status, string code, string title) =>
        Problems.Of([new Failure(code, title)], status).ExecuteAsync(Context);
}
