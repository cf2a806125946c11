using System.Text.Json.Nodes;
using System.Web;
using Lti.Launches;
using Lti.Messages;
using Lti.Registrations;
using Lti.Security;

namespace Lti.Tests.Platform;

/// <summary>A tool and a platform that know each other, and a browser between them.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string Issuer = "https://lms.example";
    public const string ClientId = "client-1";
    public const string DeploymentId = "deployment-1";
    public const string Target = "https://tool.example/lti/open?unit=3";

    private Scene(FakePlatform platform, Action<LtiToolOptions>? configure, ClaimAllowList? allowed)
    {
        Platform = platform;
        Options = new LtiToolOptions { RedirectUri = new Uri("https://tool.example/lti/launch"), UserAgent = "Scene/1.0" };
        configure?.Invoke(Options);
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        Http = new LtiHttp(options, Clock);
        Jwks = new JwksCache(Http, options, Clock);
        Registration = new Registration
        {
            Id = "r1",
            Issuer = Issuer,
            ClientId = ClientId,
            AuthorizationEndpoint = new Uri("https://lms.example/authorize?site=1"),
            TokenEndpoint = platform.TokenEndpoint,
            JwksUri = platform.JwksUri,
            DeploymentIds = [DeploymentId],
        };
        Store = new FakeRegistrations { Registration };
        Protector = new AesGcmStateProtector(StateKey);
        Login = new LoginInitiation(Store, Protector, options, Clock);
        Nonces = new InMemoryNonceStore(Clock);
        Verifier = new LaunchVerifier(
            Store, Protector, Jwks, new FixedClaimPolicy(allowed ?? Everyday), options, Clock, Nonces);
    }

    public static ClaimAllowList Everyday { get; } = new(
        LaunchClaim.Subject, LaunchClaim.Roles, LaunchClaim.ContextId, LaunchClaim.ContextTitle, LaunchClaim.ResourceLinkId,
        LaunchClaim.SisPersonId, LaunchClaim.GradeService, LaunchClaim.DeepLinkingSettings, LaunchClaim.SubmissionUser,
        LaunchClaim.Custom("grade"));

    public static byte[] StateKey { get; } = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public FakePlatform Platform { get; }

    public FakeClock Clock { get; } = new();

    public LtiToolOptions Options { get; }

    public LtiHttp Http { get; }

    public JwksCache Jwks { get; }

    public Registration Registration { get; }

    public FakeRegistrations Store { get; }

    public IStateProtector Protector { get; }

    public LoginInitiation Login { get; }

    public InMemoryNonceStore Nonces { get; }

    public LaunchVerifier Verifier { get; }

    public static async Task<Scene> StartAsync(Action<LtiToolOptions>? configure = null, ClaimAllowList? allowed = null) =>
        new(await FakePlatform.StartAsync(), configure, allowed);

    /// <summary>From the click to the platform: what state and nonce it got, and what the browser keeps.</summary>
    public async Task<Begun> BeginAsync(Action<Dictionary<string, string?>>? change = null)
    {
        Dictionary<string, string?> parameters = new(StringComparer.Ordinal)
        {
            ["iss"] = Issuer,
            ["login_hint"] = "hint",
            ["target_link_uri"] = Target,
            ["client_id"] = ClientId,
        };
        change?.Invoke(parameters);
        var outcome = await Login.StartAsync(LoginRequest.From(name => parameters.GetValueOrDefault(name)), Cancel);
        return new Begun(Assert.IsType<LoginRedirect>(outcome), Clock.Now);
    }

    public ValueTask<LaunchOutcome<LaunchMessage>> LaunchAsync(Begun begun, string token) =>
        Verifier.VerifyAsync(begun.Request(token), Cancel);

    /// <summary>A whole launch whose claims were changed before signing.</summary>
    public async Task<LaunchOutcome<LaunchMessage>> LaunchAsync(Action<JsonObject>? change = null, SigningKey? key = null)
    {
        var begun = await BeginAsync();
        return await LaunchAsync(begun, begun.Sign(change, key));
    }

    public ValueTask DisposeAsync() => Platform.DisposeAsync();
}

/// <summary>A login that was begun.</summary>
internal sealed class Begun(LoginRedirect redirect, DateTimeOffset now)
{
    public LoginRedirect Redirect { get; } = redirect;

    public string State => Parameter("state");

    public string Nonce => Parameter("nonce");

    public string Parameter(string name) => HttpUtility.ParseQueryString(new Uri(Redirect.Location).Query)[name]!;

    public JsonObject Claims() => Platform.Claims.ResourceLinkRequest(Nonce, now);

    public string Sign(Action<JsonObject>? change = null, SigningKey? key = null)
    {
        var claims = Claims();
        change?.Invoke(claims);
        return Sign(claims.ToJsonString(), key);
    }

    public static string Sign(string payload, SigningKey? key = null)
    {
        key ??= SigningKey.First;
        return key.Sign($$"""{"typ":"JWT","alg":"{{key.Algorithm}}","kid":"{{key.KeyId}}"}""", payload);
    }

    public LaunchRequest Request(string? token, string? state = null, string? error = null) => new()
    {
        IdToken = token.AsMemory(),
        State = state ?? State,
        Error = error,
        ReadBinding = name => name == Redirect.BindingName ? Redirect.BindingValue : null,
    };
}
