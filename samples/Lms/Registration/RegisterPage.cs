using Samples.Lms.Pages;

namespace Samples.Lms.Registration;

/// <summary>Where an administrator (here: the teacher) pastes a tool's registration link; the tool's page opens in a frame.</summary>
internal static class RegisterPage
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/register", (HttpContext http, Sessions sessions) => sessions.Of(http) is { IsTeacher: true } person
            ? Show(http, person)
            : Results.Redirect("/signin"));
        app.MapPost("/register", BeginAsync);
    }

    private static IResult Show(HttpContext http, LmsPerson person) => Html.Page(
        http,
        "Register a tool",
        """
        <h1>Register a tool</h1>
        <form method="post" action="/register">
        <label for="link">Registration link</label>
        <input id="link" name="link" type="url" required data-testid="link">
        <button type="submit" data-testid="begin">Continue</button>
        </form>
        """,
        person,
        width: "narrow");

    private static async Task<IResult> BeginAsync(HttpContext http, Sessions sessions, OwnAddress own, RegistrationTokens tokens)
    {
        if (sessions.Of(http) is not { IsTeacher: true } person)
            return Results.Redirect("/signin");
        if (!http.Request.HasFormContentType)
            return Results.BadRequest();
        IFormCollection form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!Uri.TryCreate(form["link"], UriKind.Absolute, out Uri? link) || link.Scheme is not ("http" or "https"))
            return Results.BadRequest();
        string address = $"{link.AbsoluteUri}{(link.Query.Length == 0 ? '?' : '&')}openid_configuration={Uri.EscapeDataString(own.Base + OpenIdConfiguration.Path)}"
            + $"&registration_token={Uri.EscapeDataString(tokens.Issue())}";
        return Html.Page(
            http,
            "Register a tool",
            $"""
            <h1>Register a tool</h1>
            <iframe id="tool" src="{Html.E(address)}" title="The tool's registration" data-testid="tool-frame"></iframe>
            <p id="closed" hidden data-testid="closed">The tool has finished.</p>
            <script src="/registration.js"></script>
            """,
            person,
            width: "wide");
    }
}
