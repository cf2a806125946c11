using Microsoft.AspNetCore.Connections;

namespace Gateway.Hosting;

/// <summary>Reads what a client sends, also a client that closes its connection in the middle of it.</summary>
internal static class RequestBody
{
    /// <summary>What <paramref name="read"/> makes of the body.</summary>
    /// <exception cref="BadHttpRequestException">The body is too large, or ended before its length.</exception>
    /// <exception cref="ConnectionResetException">The client broke the connection.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is ConnectionResetException or ConnectionAbortedException or BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest })
        {
            // Nobody is there to answer. The server would else drain a body that has ended, and report that as an error of its own.
            request.HttpContext.Abort();
            throw;
        }
    }
}
