using System.Text;
using Gateway.Launches;

namespace Gateway.Platforms.Registering;

/// <summary>
/// <c>GET /lti/register</c> shows what would be registered, <c>POST /lti/register</c> registers it (LTI Dynamic Registration 1.0, 3.3).
/// No cookie is needed: what is posted was sealed by this gateway for that page, so no other site can make a browser post it.
/// </summary>
internal static class RegisterEndpoint
{
    public const string Path = "/lti/register";
    public const string ScriptPath = "/assets/register.js";

    public static async Task<IResult> ShowAsync(
        HttpContext http, BeginRegistration begin, RegistrationDrafts drafts, RegistrationPages pages, CancellationToken cancellation)
    {
        var (draft, problem) = await begin.RunAsync(Query("invitation"), Query("openid_configuration"), Query("registration_token"), cancellation);
        return draft is null
            ? pages.Problem(problem!)
            : await pages.OfferAsync(http.Request.PathBase, draft, drafts.Seal(draft), cancellation);

        string? Query(string name) => http.Request.Query.TryGetValue(name, out var values) && values.Count == 1 && values[0] is { } value ? Pasted.Text(value) : null;
    }

    public static async Task<IResult> RegisterAsync(HttpContext http, CompleteRegistration complete, RegistrationPages pages, CancellationToken cancellation)
    {
        var posted = await LaunchForm.ReadAsync(http.Request, cancellation);
        var (done, problem) = await complete.RunAsync(posted.Parameters?.Invoke("form"), posted.Parameters?.Invoke(RegistrationPages.Confirmation) == "yes", cancellation);
        return done is null ? pages.Problem(problem!) : pages.Done(done);
    }

    public static IResult Script(HttpContext http)
    {
        http.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Text(ScriptText.Value, "text/javascript", Encoding.UTF8);
    }

    private static readonly Lazy<string> ScriptText = new(() =>
    {
        using var stream = typeof(RegisterEndpoint).Assembly.GetManifestResourceStream("register.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });
}
