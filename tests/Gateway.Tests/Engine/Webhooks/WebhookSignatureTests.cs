using System.Security.Cryptography;
using System.Text;
using Gateway.Engine.Webhooks;
using Gateway.Storage.Sealing;

namespace Gateway.Tests.Engine.Webhooks;

public sealed class WebhookSignatureTests
{
    // A vector that the reference libraries of Standard Webhooks test themselves with.
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static readonly byte[] Body = """{"test": 2432232314}"""u8.ToArray();

    private static WebhookSecret Known => new(Convert.FromBase64String(Secret["whsec_".Length..]));

    [Fact]
    public void Signature_is_the_one_of_the_reference_libraries()
    {
        Assert.Equal(Expected, WebhookSignature.Of(Id, 1614265330, Body, [Known]));
        Assert.Equal(Secret, Known.Text);
    }

    [Fact]
    public void Two_secrets_give_two_signatures_separated_by_a_space()
    {
        var both = WebhookSignature.Of(Id, 1614265330, Body, [WebhookSecret.New(), Known]).Split(' ');

        Assert.Equal(2, both.Length);
        Assert.StartsWith("v1,", both[0], StringComparison.Ordinal);
        Assert.Equal(Expected, both[1]);
    }

    [Fact]
    [Trait("Requirement", "P-5.3")]
    public void Secret_is_random_rests_sealed_for_its_engine_and_is_in_no_text()
    {
        var sealer = new Sealer(MasterKeys.Of(RandomNumberGenerator.GetBytes(32)));
        var secret = WebhookSecret.New();
        var rest = secret.Seal(sealer, "engine");

        Assert.NotEqual(secret.Text, WebhookSecret.New().Text);
        Assert.Equal(32, secret.Key.Length);
        Assert.Equal(-1, rest.AsSpan().IndexOf(secret.Key));
        Assert.Equal(secret.Text, WebhookSecret.Open(sealer, rest, "engine")!.Text);
        Assert.Null(WebhookSecret.Open(sealer, rest, "another"));
        Assert.Equal("WebhookSecret", secret.ToString());
    }

    [Fact]
    public void Body_is_a_type_a_time_and_a_district_and_nothing_else() => Assert.Equal(
        """{"type":"roster.changed","timestamp":"2026-10-05T12:00:00.250Z","data":{"district":"oak"}}""",
        Encoding.UTF8.GetString(WebhookBody.Of(WebhookTypes.RosterChanged, new(2026, 10, 5, 14, 0, 0, 250, TimeSpan.FromHours(2)), "oak", null)));
}
