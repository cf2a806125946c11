namespace Gateway.Hosting;

/// <summary>A redirect that is not logged: the framework's own writes the address, and these addresses hold tickets, codes and hints.</summary>
internal sealed class UnloggedRedirect(string location, int statusCode = StatusCodes.Status302Found) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = statusCode;
        httpContext.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
