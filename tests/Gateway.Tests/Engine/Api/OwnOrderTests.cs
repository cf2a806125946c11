using System.Text.Json;
using Gateway.Identity;
using Gateway.Privacy;
using Gateway.Stage;
using Gateway.Tests.Privacy.Rights;
using Gateway.Tests.Rostering;
using static Gateway.Tests.Engine.EngineStage;

namespace Gateway.Tests.Engine.Api;

/// <summary>Two engines of one district hold what they were given side by side.</summary>
[Trait("Requirement", "T-17")]
public sealed class OwnOrderTests(EngineStage stage) : IClassFixture<EngineStage>, IAsyncLifetime
{
    private const int Students = 60;

    public async ValueTask InitializeAsync()
    {
        await stage.GiveAsync(TestStage.EngineId, "role", "school", "termDates");
        await stage.GiveAsync(OtherId, "role", "school", "termDates");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Lists_have_the_same_rows_at_other_places_and_pages_of_any_size_give_the_same_list()
    {
        await stage.ImportAsync(Large());
        foreach (var (path, name, kind) in new[]
        {
            ("learners", "id", EngineIdKind.Learner), ("classes", "id", EngineIdKind.Class), ("schools", "id", EngineIdKind.School), ("terms", "id", EngineIdKind.Term),
            ("enrollments", "learner", EngineIdKind.Learner),
        })
        {
            var (mine, theirs) = (await AllAsync(stage.Engine, path), await AllAsync(stage.Other, path));
            var (rows, others) = (await RowsAsync(TestStage.EngineId, kind, mine, name), await RowsAsync(OtherId, kind, theirs, name));
            Assert.NotEmpty(rows);
            Assert.Equal(rows.Order(), others.Order());
            if (rows.Count > 30)
                Assert.InRange(rows.Zip(others).Count(pair => pair.First == pair.Second), 0, rows.Count / 3);
            if (path != "enrollments")
                Assert.Equal(mine.Select(row => Text(row, name)).OrderBy(BytesOf), mine.Select(row => Text(row, name)));
            foreach (var limit in new[] { 1, 7, 1_000 })
                Assert.Equal(mine.Select(row => row.GetRawText()), (await AllAsync(stage.Engine, path, limit)).Select(row => row.GetRawText()));
        }
    }

    [Fact]
    public async Task People_of_a_class_come_by_the_engines_ids()
    {
        await stage.ImportAsync(Large());
        foreach (var engine in new[] { stage.Engine, stage.Other })
        {
            var largest = (await AllAsync(engine, "enrollments")).GroupBy(row => Text(row, "class")).MaxBy(one => one.Count())!.Key;
            var learners = (await AllAsync(engine, $"classes/{largest}/learners", 7)).Select(row => Text(row, "learner")).ToList();
            Assert.True(learners.Count >= Students);
            Assert.Equal(learners.OrderBy(BytesOf), learners);
        }
    }

    [Fact]
    public async Task A_night_of_the_feed_comes_in_another_order_to_each_engine_in_parts_of_any_size()
    {
        await stage.ImportAsync(new MadeUpRoster());
        var (mine, theirs) = (await LatestAsync(stage.Engine), await LatestAsync(stage.Other));
        await stage.ImportAsync(Large());

        var whole = await FeedAsync(stage.Engine, mine, 1_000);
        var (rows, others) = (await RowsAsync(TestStage.EngineId, EngineIdKind.Change, whole, "id"), await RowsAsync(OtherId, EngineIdKind.Change, await FeedAsync(stage.Other, theirs, 1_000), "id"));

        Assert.True(rows.Count > Students);
        Assert.Equal(rows.Order(), others.Order());
        Assert.InRange(rows.Zip(others).Count(pair => pair.First == pair.Second), 0, rows.Count / 4);
        Assert.InRange(rows.Zip(rows.Skip(1)).Count(pair => pair.First < pair.Second), rows.Count / 4, rows.Count * 3 / 4);
        foreach (var limit in new[] { 1, 10, 999 })
            Assert.Equal(whole.Select(change => change.GetRawText()), (await FeedAsync(stage.Engine, mine, limit)).Select(change => change.GetRawText()));
        Assert.All(whole, change => Assert.Equal(0, change.GetProperty("at").GetDateTimeOffset().Second));
    }

    [Fact]
    public async Task A_list_that_is_begun_is_as_new_as_the_feed_and_goes_on_while_people_come()
    {
        await stage.ImportAsync(Large());
        var before = (await AllAsync(stage.Engine, "learners")).Select(row => Text(row, "id")).ToHashSet();
        var first = (await stage.Engine.GetAsync($"{Root}/learners?limit=20")).Json;

        await stage.ImportAsync(Large().Person("late", "student", "south").Enroll("late", "class-3"));

        var next = new Uri(first.GetProperty("next").GetString()!).PathAndQuery;
        var read = first.GetProperty("data").EnumerateArray().Select(row => Text(row, "id")!).ToList();
        for (string? address = next; address is not null;)
        {
            var page = (await stage.Engine.GetAsync(address)).Json;
            read.AddRange(page.GetProperty("data").EnumerateArray().Select(row => Text(row, "id")!));
            address = page.TryGetProperty("next", out var more) ? new Uri(more.GetString()!).PathAndQuery : null;
        }

        Assert.Equal(read.Count, read.Distinct().Count());
        Assert.Subset(read.ToHashSet(), before!);
        Assert.Single((await AllAsync(stage.Engine, "learners")).Select(row => Text(row, "id")).Except(before));
        await stage.ImportAsync(Large());
    }

    [Fact]
    public async Task Erasures_have_a_number_and_a_place_of_their_own_for_each_engine_and_a_time_to_the_minute()
    {
        await stage.ImportAsync(Large());
        for (var i = 0; i < 12; i++)
            await stage.EraseAsync(Rights.OfSis($"many-{i}"));

        var (mine, theirs) = (await ErasuresAsync(stage.Engine), await ErasuresAsync(stage.Other));
        var (rows, others) = (await RowsAsync(TestStage.EngineId, EngineIdKind.Learner, mine, "learner"), await RowsAsync(OtherId, EngineIdKind.Learner, theirs, "learner"));

        Assert.Equal(12, rows.Count);
        Assert.Equal(rows.Order(), others.Order());
        Assert.NotEqual(rows, others);
        Assert.Empty(mine.Select(one => Text(one, "id")).Intersect(theirs.Select(one => Text(one, "id"))));
        Assert.All(mine, one => Assert.Equal(0, one.GetProperty("erasedAt").GetDateTimeOffset().TimeOfDay.Ticks % TimeSpan.TicksPerMinute));
        Assert.Equal("erasure.unknown", (await stage.Engine.PostAsync($"{Root}/erasures/{Text(theirs[0], "id")}/acknowledgement", "events.read")).ProblemCode);
    }

    private static async Task<List<JsonElement>> ErasuresAsync(TestEngine engine) =>
        [.. (await engine.GetAsync($"{Root}/erasures", "events.read")).Json.GetProperty("data").EnumerateArray()];

    // One class that all are in, so that it is larger than a page.
    private static MadeUpRoster Large()
    {
        var roster = new MadeUpRoster().Class("class-large", "south");
        for (var i = 0; i < Students; i++)
            roster = roster.Person($"many-{i}", "student", "south").Enroll($"many-{i}", "class-large");
        return roster;
    }

    private async Task<List<long>> RowsAsync(string client, EngineIdKind kind, List<JsonElement> rows, string name)
    {
        var ids = (await stage.Get<EngineClients>().FindAsync(client, CancellationToken.None))!.Ids;
        return rows.ConvertAll(row => ids.RowOf(kind, stage.District, Text(row, name))!.Value);
    }

    private static async Task<List<JsonElement>> FeedAsync(TestEngine engine, string cursor, int limit)
    {
        var (read, more) = (new List<JsonElement>(), true);
        while (more)
        {
            var page = (await engine.GetAsync($"{Root}/changes?after={cursor}&limit={limit}", "events.read")).Json;
            read.AddRange(page.GetProperty("data").EnumerateArray());
            (cursor, more) = (Text(page, "cursor")!, page.GetProperty("more").GetBoolean());
        }

        return read;
    }

    private static async Task<string> LatestAsync(TestEngine engine) => Text((await engine.GetAsync($"{Root}/changes?after=latest", "events.read")).Json, "cursor")!;

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    // Sorted as bytes, not as letters of base64url.
    private static string BytesOf(string? id) => Convert.ToHexString(System.Buffers.Text.Base64Url.DecodeFromChars(id));
}
