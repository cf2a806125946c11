namespace Samples.PracticeEngine.Pages;

internal static class HomePage
{
    public static void Map(WebApplication app) => app.MapGet("/", (HttpContext http, PracticeEngineOptions options) => Html.Page(
        http,
        "Welcome",
        $"""
        <h1>Sample practice engine</h1>
        <p>It asks three questions about fractions. People come here from their course; there is no other way in.</p>
        <dl>
        <dt>Sign-in service</dt><dd><code>{Html.E(options.Provider)}</code></dd>
        <dt>Client</dt><dd><code>{Html.E(options.ClientId)}</code></dd>
        <dt>Login URL</dt><dd><code>/oidc/login</code></dd>
        <dt>Redirect URL</dt><dd><code>/oidc/callback</code></dd>
        </dl>
        """));
}
