using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Gateway.Bench.Tokens;

/// <summary>A request to a token endpoint.</summary>
/// <param name="Credentials">For the Authorization header (Basic), encoded but not yet in base64.</param>
/// <param name="Form">The body.</param>
internal sealed record ExchangeRequest(string Credentials, string Form);

/// <summary>Sends requests over a few connections that stay open, each as soon as the one before it is answered.</summary>
internal static class ExchangeLoad
{
    private const int Connections = 8;

    /// <summary>Seconds that it took.</summary>
    /// <exception cref="InvalidOperationException">A request was refused.</exception>
    public static async Task<double> SendAsync(Uri server, List<ExchangeRequest> requests)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false, MaxConnectionsPerServer = Connections }) { BaseAddress = server };
        var next = -1;
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < requests.Count)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
                {
                    Content = new StringContent(requests[number].Form, MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded")),
                };
                request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(requests[number].Credentials)));
                using var response = await http.SendAsync(request);
                var body = await response.Content.ReadAsStringAsync();
                if (response.StatusCode != HttpStatusCode.OK)
                    throw new InvalidOperationException($"The token endpoint answered {response.StatusCode}: {body}");
            }
        })));
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
