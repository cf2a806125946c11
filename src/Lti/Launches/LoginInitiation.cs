using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Lti.Registrations;
using Lti.Security;
using Microsoft.Extensions.Options;

namespace Lti.Launches;

/// <summary>Answers a platform's login initiation with an OpenID Connect authorization request (1EdTech Security Framework 5.1.1).</summary>
public sealed class LoginInitiation(
    IRegistrationStore registrations, IStateProtector protector, IOptions<LtiToolOptions> options, TimeProvider clock)
{
    private const int LongestParameter = 8192;

    // Of the length that LoginState and its sealed text leave room for.
    private const int LongestLink = 4096;

    /// <summary>Starts a login. Nothing is stored: what must be remembered is sealed into <c>state</c> or kept by the browser.</summary>
    public async ValueTask<LoginOutcome> StartAsync(LoginRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!IsComplete(request)) return new LoginRefused(Incomplete(request));
        if (!string.IsNullOrEmpty(request.TargetLinkUri) && !TargetLinks.IsOurs(request.TargetLinkUri, options.Value))
            return new LoginRefused(LaunchRefusal.TargetNotOurs);

        var found = await registrations.FindAsync(request.Issuer!, request.ClientId, cancellationToken);
        var refusal = RegistrationChoice.Choose(found, request.Issuer!, request.ClientId, request.DeploymentId, out var registration, out var isOpen);
        return refusal is null ? Redirect(request, registration!, isOpen) : new LoginRefused(refusal);
    }

    private LoginRedirect Redirect(LoginRequest request, Registration registration, bool isOpen)
    {
        var tool = options.Value;
        Span<byte> random = stackalloc byte[48];
        RandomNumberGenerator.Fill(random);
        var nonce = random[..16].ToArray();
        var binding = Base64Url.EncodeToString(random[16..]);
        var storage = StorageTarget.Admit(request.StorageTarget);
        LoginState state = new(
            registration.Id, clock.GetUtcNow() + tool.StateLifetime, nonce, LoginState.HashBinding(binding), storage, request.TargetLinkUri, isOpen);
        var sealedState = protector.Protect(state.ToBytes());

        StringBuilder location = new(registration.AuthorizationEndpoint.AbsoluteUri);
        location.Append(registration.AuthorizationEndpoint.Query.Length == 0 ? '?' : '&');
        // 1EdTech Security Framework 5.1.1.2
        location.Append("scope=openid&response_type=id_token&response_mode=form_post&prompt=none");
        Append("client_id", registration.ClientId);
        Append("redirect_uri", tool.RedirectUri!.OriginalString);
        Append("login_hint", request.LoginHint!);
        Append("state", sealedState);
        Append("nonce", Base64Url.EncodeToString(nonce));
        if (request.MessageHint is not null) Append("lti_message_hint", request.MessageHint);
        return new LoginRedirect(
            location.ToString(), BrowserBinding.NameFor(sealedState, tool), binding, tool.StateLifetime, storage, registration);

        void Append(string name, string value) => location.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    private static LaunchRefusal Incomplete(LoginRequest request) => request switch
    {
        { IsLegacyLaunch: true } => LaunchRefusal.LegacyVersion,
        { IsEmpty: true } => LaunchRefusal.LoginEmpty,
        _ => LaunchRefusal.LoginMalformed,
    };

    private static bool IsComplete(LoginRequest request) =>
        !string.IsNullOrEmpty(request.Issuer) && !string.IsNullOrEmpty(request.LoginHint)
        && (request.TargetLinkUri?.Length ?? 0) <= LongestLink
        && new[] { request.Issuer, request.LoginHint, request.ClientId, request.DeploymentId, request.MessageHint }
            .All(value => (value?.Length ?? 0) <= LongestParameter);
}
