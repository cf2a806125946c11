namespace Samples.Lms.Pages;

internal static class SignInPage
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/", (HttpContext http, Sessions sessions) => Results.Redirect(sessions.Of(http) is null ? "/signin" : "/course"));
        app.MapGet("/signin", (HttpContext http, LmsOptions options, LmsCourse course) => Show(http, options, course, null));
        app.MapPost("/signin", SignInAsync);
        app.MapPost("/signout", (HttpContext http, Sessions sessions) =>
        {
            sessions.SignOut(http);
            return Results.Redirect("/signin");
        });
    }

    private static async Task<IResult> SignInAsync(HttpContext http, LmsOptions options, LmsCourse course, Sessions sessions)
    {
        if (!http.Request.HasFormContentType)
            return Results.BadRequest();
        IFormCollection form = await http.Request.ReadFormAsync(http.RequestAborted);
        LmsPerson? person = course.ByLogin(form["person"]);
        if (person is null || form["password"] != options.Password)
            return Show(http, options, course, "This person and this password do not go together.");
        sessions.SignIn(http, person);
        return Results.Redirect("/course");
    }

    private static IResult Show(HttpContext http, LmsOptions options, LmsCourse course, string? problem)
    {
        string people = string.Concat(course.Everybody.Select(p =>
            $"<option value=\"{p.Login}\">{Html.E(p.Name)}{(p.IsTeacher ? " (teacher)" : "")}</option>\n"));
        return Html.Page(
            http,
            "Sign in",
            $"""
            <h1>Sign in</h1>
            <p class="soft">Nobody here exists: choose whom to be.</p>
            {(problem is null ? "" : $"<p class=\"problem\" role=\"alert\" data-testid=\"problem\">{Html.E(problem)}</p>")}
            <form method="post" action="/signin">
            <label for="person">Person</label>
            <select id="person" name="person" data-testid="person">
            {people}</select>
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" aria-describedby="password-note" data-testid="password">
            <p class="soft" id="password-note">Everybody's password is <strong data-testid="password-hint">{Html.E(options.Password)}</strong>.</p>
            <button type="submit" data-testid="sign-in">Sign in</button>
            </form>
            """,
            status: problem is null ? 200 : 401,
            width: "narrow");
    }
}
