namespace Gateway.Hosting;

/// <summary>A page that leads on at once, without a script, where a redirect cannot: its address stands in the body.</summary>
internal static class OnwardPage
{
    public const string Title = "Opening your activity";

    // HTML, "shared declarative refresh steps": an address that begins with no quotation mark goes to the end of the attribute.
    public static IResult Of(string address) => Page.Of(Title, StatusCodes.Status200OK,
        $"""
        <h1>{Title}</h1>
        <p><a class="button" href="{Page.Text(address)}">Continue</a></p>
        """,
        $"<meta http-equiv=\"refresh\" content=\"0; url={Page.Text(address)}\">");
}
