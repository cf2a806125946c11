using System.Globalization;
using Gateway.Identity;
using Gateway.Privacy;
using Gateway.Stage;
using Gateway.Storage.Sealing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tests.Identity;

[Trait("Requirement", "L-2.5")]
public sealed class SigningKeyRotationTests(DatabaseOfClass fixture) : ClearedDatabase(fixture)
{
    private const int MostRows = 3;
    private readonly FakeClock clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("lti")]
    [InlineData("openid")]
    [InlineData("openid-rs256")]
    public async Task In_a_year_no_key_signs_before_it_was_published_and_none_is_unpublished_too_soon(string name)
    {
        var purpose = PurposeOf(name);
        using var replica = new Replica(this);
        var purge = new PurgeExpired(Database.Database, clock);
        var publishedSince = new Dictionary<string, int>();
        var signedLast = new Dictionary<string, int>();
        for (var day = 0; day < 365; day++, clock.Advance(TimeSpan.FromDays(1)))
        {
            await replica.Rotation.TendAsync(Cancellation);
            await purge.RunAsync(Cancellation);
            var published = (await replica.Keys.PublishedAsync(purpose, Cancellation)).Select(key => key.Kid).ToList();
            var active = (await replica.Keys.ActiveAsync(purpose, Cancellation)).Kid;

            foreach (var kid in published)
                publishedSince.TryAdd(kid, day);
            signedLast[active] = day;
            Assert.Equal(active, published[0]);
            // The very first key had nobody before it.
            Assert.True(publishedSince[active] == 0 || day - publishedSince[active] >= 7, $"day {day}: signs {day - publishedSince[active]} days after it was published");
            Assert.All(signedLast.Where(key => day - key.Value < 7), key => Assert.Contains(key.Key, published));
            Assert.InRange(await CountAsync($"purpose = '{name}'"), 1, MostRows);
        }

        // 90 days each: the first one, and four after it.
        Assert.Equal(5, signedLast.Count);
    }

    [Fact]
    public async Task Private_part_is_destroyed_when_the_key_retires()
    {
        using var replica = new Replica(this);
        var first = (await replica.Keys.ActiveAsync(SigningPurpose.Lti, Cancellation)).Kid;
        await replica.Rotation.BeginAsync(SigningPurpose.Lti, Cancellation);
        clock.Advance(TimeSpan.FromDays(7));
        await replica.Rotation.TendAsync(Cancellation);

        Assert.Equal(1, await CountAsync($"kid = '{first}' and retired_at is not null and sealed_private_key is null and public_key is not null"));
        Assert.Contains(first, (await replica.Keys.PublishedAsync(SigningPurpose.Lti, Cancellation)).Select(key => key.Kid));
    }

    [Fact]
    public async Task Rotation_that_was_begun_announces_one_key_however_often_it_is_asked_for()
    {
        using var one = new Replica(this);
        using var two = new Replica(this);
        await one.Keys.ActiveAsync(SigningPurpose.OpenId, Cancellation);
        var turns = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).Rotation.BeginAsync(SigningPurpose.OpenId, Cancellation))));
        var late = await two.Rotation.BeginAsync(SigningPurpose.OpenId, Cancellation);

        Assert.Single(turns.Append(late).Select(turn => turn.Kid).Distinct());
        Assert.False(late.Begun);
        Assert.Equal(clock.GetUtcNow() + TimeSpan.FromDays(7), late.ActivatesAt);
        Assert.Equal(2, await CountAsync("purpose = 'openid'"));
    }

    [Fact]
    public async Task Two_replicas_that_tend_the_keys_at_once_make_one_key()
    {
        using var one = new Replica(this);
        using var two = new Replica(this);
        await one.Keys.ActiveAsync(SigningPurpose.OpenId, Cancellation);
        await one.Keys.ActiveAsync(SigningPurpose.Lti, Cancellation);
        clock.Advance(TimeSpan.FromDays(83));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).Rotation.TendAsync(Cancellation))));

        Assert.Equal(2, await CountAsync("purpose = 'openid'"));
        Assert.Equal(2, await CountAsync("purpose = 'lti'"));
    }

    [Fact]
    public async Task Compromised_key_is_replaced_and_unpublished_at_once()
    {
        using var replica = new Replica(this);
        using var other = new Replica(this);
        var old = (await other.Keys.ActiveAsync(SigningPurpose.Lti, Cancellation)).Kid;
        await replica.Rotation.BeginAsync(SigningPurpose.Lti, Cancellation);
        var turn = await replica.Rotation.ReplaceAsync(SigningPurpose.Lti, Cancellation);

        Assert.NotEqual(old, turn.Kid);
        Assert.Equal([turn.Kid], (await replica.Keys.PublishedAsync(SigningPurpose.Lti, Cancellation)).Select(key => key.Kid));
        Assert.Equal(turn.Kid, (await replica.Keys.ActiveAsync(SigningPurpose.Lti, Cancellation)).Kid);
        Assert.Equal(1, await CountAsync("sealed_private_key is not null"));

        // Another replica keeps what it knows for a minute.
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([turn.Kid], (await other.Keys.PublishedAsync(SigningPurpose.Lti, Cancellation)).Select(key => key.Kid));
    }

    [Fact]
    public async Task Keys_from_before_public_parts_were_stored_go_on()
    {
        using var before = new Replica(this);
        var kid = (await before.Keys.ActiveAsync(SigningPurpose.Lti, Cancellation)).Kid;
        await using (var clear = Database.Source.CreateCommand("update gateway.signing_key set public_key = null"))
            await clear.ExecuteNonQueryAsync(Cancellation);

        using var after = new Replica(this);
        Assert.Equal(kid, Assert.Single(await after.Keys.PublishedAsync(SigningPurpose.Lti, Cancellation)).Kid);
        await after.Rotation.BeginAsync(SigningPurpose.Lti, Cancellation);
        clock.Advance(TimeSpan.FromDays(7));
        await after.Rotation.TendAsync(Cancellation);
        Assert.Equal(2, (await after.Keys.PublishedAsync(SigningPurpose.Lti, Cancellation)).Count);
    }

    private static SigningPurpose PurposeOf(string name) => SigningPurpose.All.Single(purpose => purpose.Name == name);

    private async Task<long> CountAsync(string where) => await Database.AskAsync<long>(string.Create(CultureInfo.InvariantCulture, $"select count(*) from gateway.signing_key where {where}"));

    private sealed class Replica : IDisposable
    {
        public Replica(SigningKeyRotationTests test)
        {
            var rows = new SigningKeyRows(test.Database.Database, new Sealer(test.Database.MasterKeys), test.Database.TrailBy(test.clock), test.clock, NullLogger<SigningKeyRows>.Instance);
            Keys = new SigningKeys(rows, test.clock);
            Rotation = new SigningKeyRotation(rows, Keys, test.clock);
        }

        public SigningKeys Keys { get; }

        public SigningKeyRotation Rotation { get; }

        public void Dispose() => Keys.Dispose();
    }
}
