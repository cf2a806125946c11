using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Gateway.Identity;
using Gateway.Stage;
using Gateway.Storage.Sealing;

namespace Gateway.Tests.Identity.Bent;

/// <summary>Token requests that were right until one thing about them was changed, and what the gateway has to say.</summary>
internal static class BentExchange
{
    private const string OtherVerifier = "another-verifier-of-at-least-43-characters-0123456";

    /// <summary>By name: the change, the status, and the standard's error (null: not even an answer of the token endpoint).</summary>
    public static IReadOnlyDictionary<string, (Action<Request> Change, HttpStatusCode Status, string? Error)> All { get; } =
        new Dictionary<string, (Action<Request>, HttpStatusCode, string?)>
        {
            ["a wrong verifier"] = Grant(r => r["code_verifier"] = OtherVerifier),
            ["the challenge as verifier"] = Grant(r => r["code_verifier"] = CodeFlow.Challenge),
            ["a short verifier"] = Grant(r => r["code_verifier"] = "short"),
            ["a verifier with blanks around it"] = Grant(r => r["code_verifier"] = $" {CodeFlow.Verifier} "),
            ["no verifier"] = Invalid(r => r["code_verifier"] = null),
            ["another redirect URI of this client"] = Grant(r => r["redirect_uri"] = IdentityHost.OtherRedirectUri),
            ["a redirect URI elsewhere"] = Grant(r => r["redirect_uri"] = "https://evil.example/"),
            ["no redirect URI"] = Invalid(r => r["redirect_uri"] = null),
            ["no code"] = Invalid(r => r["code"] = null),
            ["a code that is none"] = Grant(r => r["code"] = "bm90LWEtY29kZQ"),
            ["a code altered at its beginning"] = Grant(r => r["code"] = Altered(r["code"]!, 0)),
            ["a code altered in its middle"] = Grant(r => r["code"] = Altered(r["code"]!, r["code"]!.Length / 2)),
            ["a code altered at its end"] = Grant(r => r["code"] = Altered(r["code"]!, r["code"]!.Length - 4)),
            ["a code cut short"] = Grant(r => r["code"] = r["code"]![..^4]),
            ["an expired code"] = Grant(r => r["code"] = r.Code(age: AuthorizationCodes.Lifetime)),
            ["a code of another gateway"] = Grant(r => r["code"] = r.Code(by: new Sealer(MasterKeys.Of(RandomNumberGenerator.GetBytes(32))))),
            ["a code of another client"] = Grant(r => r["code"] = r.Code(t => t with { ClientId = IdentityHost.OtherEngine })),
            ["a code of another district, whose engine is another"] =
                Grant(r => r["code"] = r.Code(t => t with { District = r.Host.OtherDistrict, DistrictSlug = "oak", ClientId = IdentityHost.OtherEngine })),
            ["a ticket in place of a code"] = Grant(r => r["code"] = r.Host.Get<SignInTickets>().Issue(r.Host.NewTicket())),
            ["an id_token in place of a code"] = Grant(r => r["code"] = "e30.e30.e30"),
            ["another client's credentials"] = Grant(r => r.Authorization = CodeFlow.Basic(IdentityHost.OtherEngine, IdentityHost.Secret)),
            ["a wrong secret"] = Client(r => r.Authorization = CodeFlow.Basic(IdentityHost.Engine, "a wrong secret of more than 32 characters")),
            ["an empty secret"] = Client(r => r.Authorization = CodeFlow.Basic(IdentityHost.Engine, "")),
            ["an unknown client"] = Client(r => r.Authorization = CodeFlow.Basic("nobody", IdentityHost.Secret)),
            ["a secret that is not encoded"] = Client(r => r.Authorization =
                new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{IdentityHost.Engine}:{IdentityHost.Secret}")))),
            ["no client"] = Client(r => r.Authorization = null),
            ["a client id without a secret"] = Client(r => (r.Authorization, r["client_id"]) = (null, IdentityHost.Engine)),
            ["a bearer token"] = Client(r => r.Authorization = new("Bearer", "abc")),
            ["an assertion of a client that has a secret"] = Client(r => (r.Authorization, r["client_assertion"], r["client_assertion_type"]) =
                (null, "e30.e30.e30", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")),
            ["a secret in header and form"] = Invalid(r => r["client_secret"] = IdentityHost.Secret),
            ["a secret and an assertion"] = Invalid(r => r["client_assertion"] = "e30.e30.e30"),
            ["another client id in the form than in the header"] = Invalid(r => r["client_id"] = IdentityHost.OtherEngine),
            ["no grant type"] = Invalid(r => r["grant_type"] = null),
            ["the password grant"] = Unsupported("password"),
            ["the refresh grant"] = Unsupported("refresh_token"),
            ["the implicit grant"] = Unsupported("implicit"),
            ["the device grant"] = Unsupported("urn:ietf:params:oauth:grant-type:device_code"),
            ["an assertion grant"] = Unsupported("urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ["a grant in capitals"] = Unsupported("AUTHORIZATION_CODE"),
            ["a repeated parameter"] = Invalid(r => r.Again = ("code", "another")),
            ["a parameter repeated in capitals"] = Invalid(r => r.Again = ("CODE", "another")),
            ["an unknown scope"] = (r => (r["grant_type"], r["scope"]) = ("client_credentials", "admin"), HttpStatusCode.BadRequest, "invalid_scope"),
            ["a person's scope for the engine itself"] = (r => (r["grant_type"], r["scope"]) = ("client_credentials", "openid"), HttpStatusCode.BadRequest, "invalid_scope"),
            ["a body in JSON"] = Invalid(r => r.Content = new StringContent("{}", null, "application/json")),
            ["a body in several parts"] = Invalid(r => r.Content = new MultipartFormDataContent { { new StringContent("authorization_code"), "grant_type" } }),
            ["no body"] = Invalid(r => r.Content = new ByteArrayContent([])),
            ["the parameters in the address"] = Invalid(r => (r.Content, r.InQuery) = (new ByteArrayContent([]), true)),
            ["a GET"] = (r => (r.Method, r.InQuery) = (HttpMethod.Get, true), HttpStatusCode.MethodNotAllowed, null),
        };

    private static (Action<Request>, HttpStatusCode, string?) Grant(Action<Request> change) => (change, HttpStatusCode.BadRequest, "invalid_grant");

    private static (Action<Request>, HttpStatusCode, string?) Invalid(Action<Request> change) => (change, HttpStatusCode.BadRequest, "invalid_request");

    private static (Action<Request>, HttpStatusCode, string?) Client(Action<Request> change) => (change, HttpStatusCode.Unauthorized, "invalid_client");

    private static (Action<Request>, HttpStatusCode, string?) Unsupported(string grant) =>
        (r => r["grant_type"] = grant, HttpStatusCode.BadRequest, "unsupported_grant_type");

    private static string Altered(string code, int place)
    {
        var letters = code.ToCharArray();
        letters[place] = letters[place] == 'A' ? 'B' : 'A';
        return new string(letters);
    }

    /// <summary>A right request, to be changed.</summary>
    internal sealed class Request(IdentityHost host, Dictionary<string, string?> fields)
    {
        public IdentityHost Host => host;

        public HttpMethod Method { get; set; } = HttpMethod.Post;

        public AuthenticationHeaderValue? Authorization { get; set; } = CodeFlow.Basic(IdentityHost.Engine, IdentityHost.Secret);

        /// <summary>In place of the form.</summary>
        public HttpContent? Content { get; set; }

        public bool InQuery { get; set; }

        /// <summary>One parameter more, of a name that is there already.</summary>
        public (string Name, string Value)? Again { get; set; }

        public IEnumerable<KeyValuePair<string, string>> Fields =>
            fields.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Key, f.Value!))
                .Concat(Again is var (name, value) ? [KeyValuePair.Create(name, value)] : []);

        public string? this[string name]
        {
            get => fields.GetValueOrDefault(name);
            set => fields[name] = value;
        }

        public string Code(Func<SignInTicket, SignInTicket>? change = null, TimeSpan age = default, Sealer? by = null) =>
            new AuthorizationCodes(by ?? host.Get<Sealer>(), new FakeClock(host.Clock.GetUtcNow() - age)).Issue(new(
                (change ?? (ticket => ticket))(host.NewTicket()), AuthorizationCode.HashOf(IdentityHost.RedirectUri),
                SHA256.HashData(Encoding.ASCII.GetBytes(CodeFlow.Verifier)), CodeFlow.Nonce));
    }
}
