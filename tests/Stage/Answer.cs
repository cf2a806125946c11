using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Samples.Demo;

namespace Gateway.Stage;

/// <summary>What a server answered, read to its end.</summary>
internal sealed record Answer(Uri Address, HttpStatusCode Status, HttpResponseHeaders Headers, string Body)
{
    public Uri? Location => Headers.Location;

    /// <summary>The stable code on a page of the gateway.</summary>
    public string? PageCode => Browser.TextOf(Page, "code");

    public BrowserPage Page => new(Address, Status, Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The stable code of a problem document.</summary>
    public string? ProblemCode => Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
            return new(response.RequestMessage!.RequestUri!, response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync());
    }
}
