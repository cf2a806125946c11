namespace Gateway.Hosting;

/// <summary>
/// Where the public address has a path (the gateway lives below a path of a site), requests come with it or without: some proxies keep it,
/// others take it off. Both are understood, and every link of a page is written with it (<see cref="HttpRequest.PathBase"/>).
/// </summary>
internal sealed class PublicPath(RequestDelegate next, PublicAddress address)
{
    private readonly PathString own = address.Path;

    public Task InvokeAsync(HttpContext context)
    {
        if (own.HasValue)
        {
            if (context.Request.Path.StartsWithSegments(own, StringComparison.Ordinal, out var rest))
                context.Request.Path = rest.HasValue ? rest : "/";
            context.Request.PathBase = own;
        }

        return next(context);
    }
}
