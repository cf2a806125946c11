using Gateway.Privacy;
using Gateway.Privacy.Successor;
using Gateway.Rostering;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Lti.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Privacy;

/// <summary>A district moves to another gateway.</summary>
[Trait("Requirement", "P-3.7")]
public sealed class SuccessorTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private TestStage Old => fixture.Stage;

    [Fact]
    public async Task District_that_moved_knows_everybody_again_and_nothing_of_it_is_readable_in_between()
    {
        await SyncAsync(Old);
        await Old.LaunchAsync("student-1", fixture.Engine);
        await using var successor = await TestStage.StartAsync();
        // The other gateway has districts, people and rosters of its own, so all numbers are taken.
        using var engine = new TestEngine(successor);
        await SyncAsync(successor);
        await successor.Database.ExecuteAsync("update gateway.registration set issuer = 'https://elsewhere.example'; update gateway.district set slug = 'another'");

        var bundle = await BundleAsync(Old, successor);
        var taken = await TakeOverAsync(successor, bundle, await FingerprintAsync(Old));

        Assert.True(taken.Succeeded, string.Join(' ', taken.Failures.Select(failure => failure.Code)));
        foreach (var (table, rows) in taken.Value.Rows)
            Assert.Equal(await Old.Database.AskAsync<long>($"select count(*) from gateway.{table}"), rows);
        Assert.Equal(
            await PlacesAsync(Old, "test-district"), await PlacesAsync(successor, "test-district"));
        // On the roster since the same day: the retention clock asks for it.
        Assert.Equal(
            await Old.Database.AskAsync<DateOnly>("select last_roster from gateway.district"),
            await successor.Database.AskAsync<DateOnly>("select last_roster from gateway.district where slug = 'test-district'"));
        // By the same pseudonym, made with the key that came along.
        var district = await successor.Database.AskAsync<int>("select id from gateway.district where slug = 'test-district'");
        var ring = await successor.Services.GetRequiredService<DistrictKeys>().GetAsync(district, Cancellation);
        var known = ring.OfSisPerson(OpaqueIdentifier.FromUtf8(System.Text.Encoding.UTF8.GetBytes(Old.PersonOf("student-1").Person.SourcedId)));
        Assert.True(await successor.Database.AskAsync<bool>($"select exists (select from gateway.learner_identity where district_id = {district} and kind = 2 and hash = '{known.Value}')"));

        // No pseudonym, slug or title can be read in the bundle.
        var readable = System.Text.Encoding.Latin1.GetString(bundle);
        Assert.DoesNotContain("test-district", readable, StringComparison.Ordinal);
        Assert.DoesNotContain(System.Text.Encoding.Latin1.GetString(known.Value.ToByteArray(bigEndian: true)), readable, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bundle_that_was_changed_cut_or_made_for_another_is_refused_and_nothing_is_taken_in()
    {
        await SyncAsync(Old);
        await using var successor = await TestStage.StartAsync();
        await successor.Database.ExecuteAsync("update gateway.registration set issuer = 'https://elsewhere.example'; update gateway.district set slug = 'another'");
        var bundle = await BundleAsync(Old, successor);
        await using var held = await successor.HoldJobsAsync();
        var before = await successor.Database.RowCountsAsync();
        byte[][] bent =
        [
            Flipped(bundle, 5), Flipped(bundle, 150), Flipped(bundle, 230), Flipped(bundle, BundleHeader.Length - 1), Flipped(bundle, bundle.Length / 2), Flipped(bundle, bundle.Length - 1),
            bundle[..^1], bundle[..(bundle.Length / 2)], bundle[..300], [], [.. bundle, 0], [.. bundle, .. bundle[^70000..]],
        ];

        var sender = await FingerprintAsync(Old);
        foreach (var bytes in bent)
            Assert.Contains((await TakeOverAsync(successor, bytes, sender)).Failures[0].Code, (string[])["successor.bundle_unreadable", "successor.sender_unknown"]);
        // Not for the gateway that wrote it either.
        Assert.Equal("successor.bundle_unreadable", (await TakeOverAsync(Old, bundle, sender)).Failures[0].Code);

        Assert.Equal(before, await successor.Database.RowCountsAsync());
    }

    [Fact]
    public async Task District_whose_contract_goes_on_or_that_is_there_already_is_refused()
    {
        await using var successor = await TestStage.StartAsync();
        var key = await successor.Services.GetRequiredService<SuccessorKeys>().PublicKeyAsync(Cancellation);

        var open = await Old.Services.GetRequiredService<HandOverDistrict>().RunAsync(Old.District, key, Stream.Null, rehearsal: false, Cancellation);
        var noKey = await Old.Services.GetRequiredService<HandOverDistrict>().RunAsync(Old.District, "no key", Stream.Null, rehearsal: true, Cancellation);
        var twice = await TakeOverAsync(successor, await BundleAsync(Old, successor), await FingerprintAsync(Old));

        Assert.Equal("successor.contract_open", open.Failures[0].Code);
        Assert.Equal("successor.key_invalid", noKey.Failures[0].Code);
        Assert.Equal("successor.district_exists", twice.Failures[0].Code);
        Assert.Equal(1, await successor.Database.AskAsync<long>("select count(*) from gateway.district"));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task SyncAsync(TestStage stage)
    {
        var run = await stage.Services.GetRequiredService<RosterSync>().RunAsync(stage.District.Id, RosterTrigger.Command, false, Cancellation);
        Assert.Equal((RosterRunState.Applied, null), (run.State, run.Code));
    }

    private static async Task<byte[]> BundleAsync(TestStage from, TestStage to)
    {
        var key = await to.Services.GetRequiredService<SuccessorKeys>().PublicKeyAsync(Cancellation);
        using var bundle = new MemoryStream();
        var written = await from.Services.GetRequiredService<HandOverDistrict>().RunAsync(from.District, key, bundle, rehearsal: true, Cancellation);
        Assert.True(written.Succeeded, string.Join(' ', written.Failures.Select(failure => failure.Code)));
        return bundle.ToArray();
    }

    private static Task<Outcome<BundleContent>> TakeOverAsync(TestStage stage, byte[] bundle, string sender) =>
        stage.Services.GetRequiredService<TakeOverDistrict>().RunAsync(new MemoryStream(bundle), sender, Cancellation);

    private static Task<string> FingerprintAsync(TestStage stage) => stage.Services.GetRequiredService<SuccessorKeys>().FingerprintAsync(Cancellation);

    private static byte[] Flipped(byte[] bundle, int at)
    {
        var flipped = bundle.ToArray();
        flipped[at] ^= 1;
        return flipped;
    }

    // Who is where, as what, in which term and school: by pseudonyms, so that it can be compared across gateways.
    private static Task<string> PlacesAsync(TestStage stage, string slug) => stage.Database.AskAsync<string>($"""
        select md5(string_agg(concat_ws(',', c.source, s.source, i.hash, e.role, e.starts_on, e.ended_on,
                              (select string_agg(t.source::text, ' ' order by t.source) from gateway.term t where t.id = any (c.term_ids))), ';'
                              order by c.source, i.hash, e.role))
        from gateway.enrollment e
        join gateway.class c on c.id = e.class_id
        join gateway.school s on s.id = c.school_id
        join gateway.learner_identity i on i.learner_id = e.learner_id and i.kind = 2
        where e.district_id = (select id from gateway.district where slug = '{slug}')
        """);
}
