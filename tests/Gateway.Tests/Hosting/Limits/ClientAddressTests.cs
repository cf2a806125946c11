using System.Net;
using Gateway.Hosting.Limits;

namespace Gateway.Tests.Hosting.Limits;

[Trait("Requirement", "T-14")]
public sealed class ClientAddressTests
{
    private readonly ClientAddress addresses = new();

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7")]
    public void Addresses_of_one_caller_share_a_bucket(string one, string other) => Assert.Equal(Of(one), Of(other));

    [Fact]
    public void Others_spread_over_a_bounded_number_of_buckets_that_nobody_can_foresee()
    {
        var all = Enumerable.Range(0, 1_000).Select(i => $"10.1.{i / 256}.{i % 256}").ToList();
        var buckets = all.Select(Of).ToList();
        Assert.All(buckets, bucket => Assert.InRange(bucket, 0, ClientAddress.Buckets - 1));
        Assert.InRange(buckets.Distinct().Count(), 900, 1_000);
        var another = new ClientAddress();
        Assert.NotEqual(buckets, all.Select(address => another.BucketOf(IPAddress.Parse(address))));
    }

    [Fact]
    public void Caller_without_an_address_has_a_bucket_too() => Assert.InRange(addresses.BucketOf((IPAddress?)null), 0, ClientAddress.Buckets - 1);

    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("10.0.0.7, 10.1.0.0/16 2001:db8::/32", 3)]
    [InlineData("proxy.example.org", null)]
    [InlineData("10.0.0.7/99", null)]
    public void Trusted_proxies_are_addresses_and_networks(string? setting, int? networks) => Assert.Equal(networks, TrustedProxies.Parse(setting)?.Count);

    private int Of(string address) => addresses.BucketOf(IPAddress.Parse(address));
}
