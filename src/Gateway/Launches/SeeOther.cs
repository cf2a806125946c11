namespace Gateway.Launches;

/// <summary>A redirect that is not logged: the framework's own writes the address, and these addresses hold tickets and hints.</summary>
internal sealed class SeeOther(string location, int statusCode) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = statusCode;
        httpContext.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
