using System.Net;
using System.Net.Http.Headers;
using Samples.PracticeEngine.Api;

namespace Samples.PracticeEngine.Roster;

internal sealed record District(string Id, string Name);

internal sealed record SchoolClass(string Id, string? Title);

internal sealed record Learner(string Id, string? Role);

internal sealed record Membership(string? Class, string? Learner, string? Role);

internal sealed record Change(string Entity, string Kind, string? Learner, string? Class, string? Into, string? From);

internal sealed record Erasure(string Id, string Learner);

/// <summary>A part of the feed. <c>Expired</c>: the cursor is too old, the roster must be read anew.</summary>
internal sealed record ChangePage(IReadOnlyList<Change> Data, string Cursor, bool More, bool Expired = false);

/// <summary>The gateway's roster API as this engine uses it.</summary>
internal sealed class GatewayRoster(PracticeEngineOptions options, HttpClient http, ApiTokens tokens)
{
    private const string Root = "/api/v1/districts";

    public async Task<IReadOnlyList<District>> DistrictsAsync(CancellationToken cancel) => await AllAsync<District>(Root, cancel);

    /// <summary>All rows of a district's list, page by page.</summary>
    public async Task<List<T>> AllAsync<T>(string district, string list, CancellationToken cancel) =>
        await AllAsync<T>($"{Root}/{district}/{list}?limit=1000", cancel);

    /// <summary>One row; null when there is none of that id.</summary>
    public async Task<T?> OneAsync<T>(string district, string path, CancellationToken cancel) where T : class
    {
        using HttpResponseMessage answer = await GetAsync($"{options.Provider}{Root}/{district}/{path}", "roster.read", cancel);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync<T>(answer, cancel);
    }

    /// <summary>What changed after a cursor; waits for it if need be.</summary>
    public async Task<ChangePage> ChangesAsync(string district, string after, int wait, CancellationToken cancel)
    {
        using HttpResponseMessage answer = await GetAsync($"{options.Provider}{Root}/{district}/changes?after={after}&wait={wait}", "events.read", cancel);
        return answer.StatusCode == HttpStatusCode.Gone ? new ChangePage([], "", false, Expired: true) : await ReadAsync<ChangePage>(answer, cancel);
    }

    /// <summary>Whom the gateway has erased, and this engine has not confirmed yet.</summary>
    public async Task<IReadOnlyList<Erasure>> ErasuresAsync(string district, CancellationToken cancel)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, $"{options.Provider}{Root}/{district}/erasures", "events.read", cancel);
        return (await ReadAsync<Page<Erasure>>(answer, cancel)).Data;
    }

    /// <summary>Confirms that nothing of the learner is left here.</summary>
    public async Task ConfirmAsync(string district, Erasure erasure, CancellationToken cancel)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Post, $"{options.Provider}{Root}/{district}/erasures/{erasure.Id}/acknowledgement", "events.read", cancel);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<List<T>> AllAsync<T>(string path, CancellationToken cancel)
    {
        var rows = new List<T>();
        for (string? next = options.Provider + path; next is not null;)
        {
            using HttpResponseMessage answer = await GetAsync(next, "roster.read", cancel);
            Page<T> page = await ReadAsync<Page<T>>(answer, cancel);
            rows.AddRange(page.Data);
            next = page.Next;
        }
        return rows;
    }

    private Task<HttpResponseMessage> GetAsync(string address, string scope, CancellationToken cancel) => SendAsync(HttpMethod.Get, address, scope, cancel);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, string scope, CancellationToken cancel)
    {
        for (bool again = false; ; again = true)
        {
            string token = await tokens.GetAsync(scope, again, cancel) ?? throw new HttpRequestException("The gateway gives no token.");
            using var request = new HttpRequestMessage(method, address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
            HttpResponseMessage answer = await http.SendAsync(request, cancel);
            if (answer.StatusCode != HttpStatusCode.Unauthorized || again)
                return answer;
            answer.Dispose();
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancel)
    {
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<T>(cancel) ?? throw new HttpRequestException("The gateway's answer is empty.");
    }

    private sealed record Page<T>(IReadOnlyList<T> Data, string? Next);
}
