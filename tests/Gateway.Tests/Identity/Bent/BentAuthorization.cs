using System.Security.Cryptography;
using Gateway.Identity;
using Gateway.Stage;
using Gateway.Storage.Sealing;

namespace Gateway.Tests.Identity.Bent;

/// <summary>Authorization requests that were right until one thing about them was changed, and what the gateway has to say.</summary>
internal static class BentAuthorization
{
    private const string Unknown = "identity.redirect_uri_unknown";
    private static readonly string Good = IdentityHost.RedirectUri;

    /// <summary>By name: the change, and the standard's error; or one of the gateway's own codes, where nobody may be sent anywhere.</summary>
    public static IReadOnlyDictionary<string, (Action<Request> Change, string Error)> All { get; } = new Dictionary<string, (Action<Request>, string)>
    {
        ["an unknown client"] = (r => r["client_id"] = "nobody", "identity.client_unknown"),
        ["no client"] = (r => r["client_id"] = null, "identity.client_unknown"),
        ["the client id in capitals"] = (r => r["client_id"] = IdentityHost.Engine.ToUpperInvariant(), "identity.client_unknown"),
        ["the client id twice"] = (r => r.Again = ("client_id", IdentityHost.OtherEngine), "identity.client_unknown"),
        ["no redirect URI"] = (r => r["redirect_uri"] = null, Unknown),
        ["the redirect URI twice"] = (r => r.Again = ("redirect_uri", "https://evil.example/"), Unknown),
        ["a redirect URI without its query"] = (r => r["redirect_uri"] = "https://engine.example/callback", Unknown),
        ["a redirect URI with more query"] = (r => r["redirect_uri"] = Good + "&more=1", Unknown),
        ["a redirect URI with a fragment"] = (r => r["redirect_uri"] = Good + "#part", Unknown),
        ["a redirect URI with another path"] = (r => r["redirect_uri"] = Good.Replace("/callback", "/elsewhere", StringComparison.Ordinal), Unknown),
        ["a redirect URI with a slash at the end"] = (r => r["redirect_uri"] = Good.Replace("/callback", "/callback/", StringComparison.Ordinal), Unknown),
        ["a redirect URI with a way up"] = (r => r["redirect_uri"] = Good.Replace("/callback", "/x/../callback", StringComparison.Ordinal), Unknown),
        ["a redirect URI with another port"] = (r => r["redirect_uri"] = Good.Replace("engine.example", "engine.example:8443", StringComparison.Ordinal), Unknown),
        ["a redirect URI over http"] = (r => r["redirect_uri"] = Good.Replace("https:", "http:", StringComparison.Ordinal), Unknown),
        ["a redirect URI at a subdomain"] = (r => r["redirect_uri"] = Good.Replace("engine.", "evil.engine.", StringComparison.Ordinal), Unknown),
        ["a redirect URI with a user name"] = (r => r["redirect_uri"] = "https://engine.example@evil.example/callback?keep=me", Unknown),
        ["a redirect URI elsewhere"] = (r => r["redirect_uri"] = "https://evil.example/?" + Good, Unknown),
        ["a redirect URI of another client"] = (r => (r["client_id"], r["redirect_uri"]) = (IdentityHost.OtherEngine, IdentityHost.OtherRedirectUri), Unknown),
        ["no response type"] = (r => r["response_type"] = null, "invalid_request"),
        ["the implicit flow"] = (r => r["response_type"] = "token", "unsupported_response_type"),
        ["the implicit flow for an id_token"] = (r => r["response_type"] = "id_token", "unsupported_response_type"),
        ["the hybrid flow"] = (r => r["response_type"] = "code id_token", "unsupported_response_type"),
        ["no response at all"] = (r => r["response_type"] = "none", "unsupported_response_type"),
        ["the answer in a fragment"] = (r => r["response_mode"] = "fragment", "invalid_request"),
        ["the answer as a form"] = (r => r["response_mode"] = "form_post", "invalid_request"),
        ["no scope"] = (r => r["scope"] = null, "invalid_scope"),
        ["a scope without openid"] = (r => r["scope"] = "profile email", "invalid_scope"),
        ["no challenge"] = (r => r["code_challenge"] = null, "invalid_request"),
        ["no challenge and no method"] = (r => r["code_challenge"] = r["code_challenge_method"] = null, "invalid_request"),
        ["a plain challenge"] = (r => r["code_challenge_method"] = "plain", "invalid_request"),
        ["a challenge without a method, which is a plain one"] = (r => r["code_challenge_method"] = null, "invalid_request"),
        ["a short challenge"] = (r => r["code_challenge"] = CodeFlow.Challenge[..42], "invalid_request"),
        ["a long challenge"] = (r => r["code_challenge"] = CodeFlow.Challenge + "A", "invalid_request"),
        ["a challenge in other letters"] = (r => r["code_challenge"] = "+" + CodeFlow.Challenge[1..], "invalid_request"),
        ["a prompt to sign in"] = (r => r["prompt"] = "login", "login_required"),
        ["a prompt to sign in and to consent"] = (r => r["prompt"] = "consent login", "login_required"),
        ["a prompt to consent"] = (r => r["prompt"] = "consent", "consent_required"),
        ["a prompt to choose"] = (r => r["prompt"] = "select_account", "account_selection_required"),
        ["no prompt and another one"] = (r => r["prompt"] = "none login", "invalid_request"),
        ["an unknown prompt"] = (r => r["prompt"] = "create", "invalid_request"),
        ["a launch older than the engine takes"] = (r => (r["max_age"], r["login_hint"]) = ("30", r.Ticket(t => t with { LaunchedAt = t.LaunchedAt.AddSeconds(-31) })), "login_required"),
        ["an age in words"] = (r => r["max_age"] = "soon", "invalid_request"),
        ["an age below nothing"] = (r => r["max_age"] = "-1", "invalid_request"),
        ["an age beyond all numbers"] = (r => r["max_age"] = "99999999999", "invalid_request"),
        ["a nonce without end"] = (r => r["nonce"] = new string('n', 513), "invalid_request"),
        ["a repeated parameter"] = (r => r.Again = ("nonce", "another"), "invalid_request"),
        ["a request object"] = (r => r["request"] = "e30.e30.", "request_not_supported"),
        ["the address of a request object"] = (r => r["request_uri"] = "https://engine.example/request", "request_uri_not_supported"),
        ["a registration of its own"] = (r => r["registration"] = "{}", "registration_not_supported"),
        ["no ticket"] = (r => r["login_hint"] = null, "login_required"),
        ["an address in place of a ticket"] = (r => r["login_hint"] = "somebody@example.org", "login_required"),
        ["an expired ticket"] = (r => r["login_hint"] = r.Ticket(age: SignInTickets.Lifetime), "login_required"),
        ["a ticket altered at its beginning"] = (r => r["login_hint"] = Altered(r["login_hint"]!, 0), "login_required"),
        ["a ticket altered in its middle"] = (r => r["login_hint"] = Altered(r["login_hint"]!, r["login_hint"]!.Length / 2), "login_required"),
        ["a ticket altered at its end"] = (r => r["login_hint"] = Altered(r["login_hint"]!, r["login_hint"]!.Length - 4), "login_required"),
        ["a ticket cut short"] = (r => r["login_hint"] = r["login_hint"]![..^4], "login_required"),
        ["a ticket of another gateway"] = (r => r["login_hint"] = r.Ticket(by: new Sealer(MasterKeys.Of(RandomNumberGenerator.GetBytes(32)))), "login_required"),
        ["a ticket of another client"] = (r => r["login_hint"] = r.Ticket(t => t with { ClientId = IdentityHost.OtherEngine }), "login_required"),
        ["a ticket of another district, whose engine is another"] =
            (r => r["login_hint"] = r.Ticket(t => t with { District = r.Host.OtherDistrict, DistrictSlug = "oak", ClientId = IdentityHost.OtherEngine }), "login_required"),
        ["the hint that it is somebody else"] = (r => r["id_token_hint"] = r.IdTokenOf(r.Host.NewTicket(learner: 8)), "login_required"),
        ["a hint that nobody signed"] = (r => r["id_token_hint"] = "e30.e30.", "login_required"),
    };

    private static string Altered(string ticket, int place)
    {
        var letters = ticket.ToCharArray();
        letters[place] = letters[place] == 'A' ? 'B' : 'A';
        return new string(letters);
    }

    /// <summary>A right request, to be changed.</summary>
    internal sealed class Request(IdentityHost host, Dictionary<string, string?> fields, Func<SignInTicket, string> idTokenOf)
    {
        public IdentityHost Host => host;

        public Dictionary<string, string?> Fields => fields;

        /// <summary>One parameter more, of a name that is there already.</summary>
        public (string Name, string Value)? Again { get; set; }

        public string? this[string name]
        {
            get => fields.GetValueOrDefault(name);
            set => fields[name] = value;
        }

        public string IdTokenOf(SignInTicket ticket) => idTokenOf(ticket);

        public string Ticket(Func<SignInTicket, SignInTicket>? change = null, TimeSpan age = default, Sealer? by = null) =>
            new SignInTickets(by ?? host.Get<Sealer>(), new FakeClock(host.Clock.GetUtcNow() - age)).Issue((change ?? (ticket => ticket))(host.NewTicket()));
    }
}
