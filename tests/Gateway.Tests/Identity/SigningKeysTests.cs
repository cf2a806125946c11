using System.Text;
using Gateway.Identity;
using Gateway.Stage;
using Gateway.Storage.Sealing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Tests.Identity;

public sealed class SigningKeysTests(DatabaseOfClass fixture) : ClearedDatabase(fixture)
{
    private readonly FakeClock clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("lti")]
    [InlineData("openid")]
    [InlineData("openid-rs256")]
    public async Task Two_replicas_that_need_the_first_key_at_once_end_with_one(string name)
    {
        var purpose = SigningPurpose.All.Single(one => one.Name == name);
        var replicas = Enumerable.Range(0, 6).Select(_ => Replica()).ToArray();
        var kids = await Task.WhenAll(replicas.Select(r => Task.Run(async () => (await r.ActiveAsync(purpose, Cancellation)).Kid)));

        Assert.Single(kids.Distinct());
        Assert.Equal(1, await Database.AskAsync<long>("select count(*) from gateway.signing_key"));
        var published = Assert.Single(await replicas[0].PublishedAsync(purpose, Cancellation));
        Assert.Equal(kids[0], published.Kid);
        foreach (var replica in replicas)
            replica.Dispose();
    }

    [Fact]
    public async Task Key_that_one_replica_signs_with_is_the_one_that_another_publishes()
    {
        using var one = Replica();
        using var two = Replica();
        var pair = await one.ActiveAsync(SigningPurpose.Lti, Cancellation);
        var published = Assert.Single(await two.PublishedAsync(SigningPurpose.Lti, Cancellation));

        Assert.Equal("RS256", pair.Algorithm);
        Assert.Equal(2048, pair.Key.KeySize);
        Assert.Equal(pair.Public.PublicKey.N, published.PublicKey.N);
        Assert.Null(published.PublicKey.D);
        Assert.False(published.PublicKey.HasPrivateKey);
    }

    [Fact, Trait("Requirement", "P-5.3")]
    public async Task Private_key_is_not_in_plain_in_the_table()
    {
        using var keys = Replica();
        var pair = await keys.ActiveAsync(SigningPurpose.OpenId, Cancellation);
        var stored = await Database.AskAsync<byte[]>("select sealed_private_key from gateway.signing_key");

        var secret = ((ECDsaSecurityKey)pair.Key).ECDsa.ExportParameters(includePrivateParameters: true).D!;
        Assert.Equal(-1, stored.AsSpan().IndexOf(secret));
        Assert.Equal(-1, stored.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(secret)[..40])));
        var sealer = new Sealer(Database.MasterKeys);
        Assert.True(sealer.Open("signing key", stored, pair.Kid).AsSpan().IndexOf(secret) > 0);
        Assert.False(sealer.TryOpen("signing key", stored, out _, "another kid"));
    }

    private SigningKeys Replica() => new(new SigningKeyRows(Database.Database, new Sealer(Database.MasterKeys), Database.TrailBy(clock), clock, NullLogger<SigningKeyRows>.Instance), clock);
}
