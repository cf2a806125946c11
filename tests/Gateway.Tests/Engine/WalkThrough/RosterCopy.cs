using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Gateway.Tests.Engine.WalkThrough;

// The body of this class is the program in docs/engine.md, letter by letter; a test compares them and another runs it.
#pragma warning disable CA2234, CA2000, IDE0007, xUnit1051
internal
// docs/engine.md
sealed class RosterCopy(HttpClient http, string client, string secret, string district)
{
    public Dictionary<string, JsonElement> Learners { get; } = [];
    private string Address => $"/api/v1/districts/{district}";

    public async Task SignInAsync()
    {
        using var answer = await http.PostAsync("/connect/token", new FormUrlEncodedContent([
            new("grant_type", "client_credentials"), new("client_id", client), new("client_secret", secret), new("scope", "roster.read events.read")]));
        var token = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
    }

    public async Task<string> ReadAllAsync()
    {
        var start = await http.GetFromJsonAsync<JsonElement>($"{Address}/changes?after=latest");
        Learners.Clear();
        for (var next = $"{Address}/learners?limit=1000"; next is not null;)
        {
            var page = await http.GetFromJsonAsync<JsonElement>(next);
            foreach (var learner in page.GetProperty("data").EnumerateArray())
                Learners[learner.GetProperty("id").GetString()!] = learner;
            next = page.TryGetProperty("next", out var more) ? more.GetString() : null;
        }

        return start.GetProperty("cursor").GetString()!;
    }

    public async Task<string> FollowAsync(string cursor)
    {
        using var answer = await http.GetAsync($"{Address}/changes?after={cursor}&wait=30");
        if (answer.StatusCode == HttpStatusCode.Gone)
            return await ReadAllAsync();
        var page = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        foreach (var change in page.GetProperty("data").EnumerateArray().Where(change => change.GetProperty("entity").GetString() == "learner"))
        {
            var id = change.GetProperty("learner").GetString()!;
            using var found = await http.GetAsync($"{Address}/learners/{id}");
            if (found.StatusCode == HttpStatusCode.NotFound)
                Learners.Remove(id);
            else
                Learners[id] = await found.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        }

        return page.GetProperty("cursor").GetString()!;
    }
}
