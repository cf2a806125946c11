using System.Text.Json;

namespace Gateway.Tests.Engine.Feed;

/// <summary>
/// A consumer as an engine would write it: what it has read and how far it is stand in one file, which is replaced as a whole. Whatever
/// kills it, it goes on from there.
/// </summary>
internal sealed class FeedReader(EngineStage stage, string file)
{
    /// <summary>What was read so far, in order.</summary>
    public static IReadOnlyList<string> ReadSoFar(string file) => Load(file).Read;

    /// <summary>Reads on, a page after the other, until it is cancelled or has read so many.</summary>
    public async Task RunAsync(int limit, int until, CancellationToken cancellation)
    {
        // A connection of its own, broken off with the consumer.
        using var http = new HttpClient { BaseAddress = new Uri(stage.Stage.GatewayUrl) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await stage.Engine.TokenForAsync("events.read"));
        var state = Load(file);
        while (state.Read.Count < until)
        {
            using var answer = await http.GetAsync($"{EngineStage.Root}/changes?after={state.Cursor}&limit={limit}&wait=2", cancellation);
            answer.EnsureSuccessStatusCode();
            using var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
            var read = page.RootElement.GetProperty("data").EnumerateArray().Select(change => change.GetProperty("id").GetString()!);
            state = new(page.RootElement.GetProperty("cursor").GetString()!, [.. state.Read, .. read]);
            cancellation.ThrowIfCancellationRequested();
            await File.WriteAllTextAsync($"{file}.new", JsonSerializer.Serialize(state), CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            File.Move($"{file}.new", file, overwrite: true);
        }
    }

    private static State Load(string file) =>
        File.Exists(file) ? JsonSerializer.Deserialize<State>(File.ReadAllText(file))! : throw new InvalidOperationException("A consumer begins with a cursor.");

    public static void Begin(string file, string cursor) => File.WriteAllText(file, JsonSerializer.Serialize(new State(cursor, [])));

    private sealed record State(string Cursor, IReadOnlyList<string> Read);
}
