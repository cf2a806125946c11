namespace Gateway.Hosting;

/// <summary>
/// <c>HEAD</c> is answered wherever <c>GET</c> is (RFC 9110 9.1 and 9.3.2): the request goes its way as a <c>GET</c>, and the server, which
/// knows better, sends the headers alone.
/// </summary>
internal sealed class HeadRequests(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => HttpMethods.IsHead(context.Request.Method) ? AnswerAsync(context) : next(context);

    private async Task AnswerAsync(HttpContext context)
    {
        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
        }
    }
}
