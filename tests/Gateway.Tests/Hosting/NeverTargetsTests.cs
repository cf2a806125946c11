using System.Net;
using Gateway.Hosting;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Hosting;

[Trait("Requirement", "T-19")]
public sealed class NeverTargetsTests
{
    [Theory]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.170.2")]
    [InlineData("100.100.100.200")]
    [InlineData("192.0.0.192")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd20:ce::254")]
    [InlineData("fe80::a9fe:a9fe%2")]
    [InlineData("::ffff:168.63.129.16")]
    [InlineData("::168.63.129.16")]
    [InlineData("64:ff9b::168.63.129.16")]
    [InlineData("64:ff9b:1::169.254.169.254")]
    [InlineData("2002:a83f:8110::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:57c0:7eef")]
    [InlineData("2a00:1450:4001:81::5efe:168.63.129.16")]
    [InlineData("fd00::200:5efe:169.254.169.254")]
    public async Task Address_of_a_host_s_own_services_is_never_connected_to_whatever_the_settings_and_the_form(string address)
    {
        Assert.False(PublicNetwork.Contains(IPAddress.Parse(address)));
        foreach (var allow in (bool[])[false, true])
            Assert.Empty(await Guard(allow).AllowedAddressesAsync(address, TestContext.Current.CancellationToken));
        using var http = new HttpClient(Guard(allow: true).CreateHandler());
        var host = address.Contains(':', StringComparison.Ordinal) ? $"[{address.Split('%')[0]}]" : address;
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync($"http://{host}/latest/meta-data/", TestContext.Current.CancellationToken));
        Assert.StartsWith("outbound.address_refused", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("168.63.129.15")]
    [InlineData("168.63.129.17")]
    [InlineData("2a00:1450:4001:81::5efe:1.1.1.1")]
    public void Address_beside_one_is_public(string address) => Assert.True(PublicNetwork.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("fd12:3456::1")]
    public async Task Private_address_is_reached_where_the_setting_says_so(string address)
    {
        Assert.Single(await Guard(allow: true).AllowedAddressesAsync(address, TestContext.Current.CancellationToken));
        Assert.Empty(await Guard(allow: false).AllowedAddressesAsync(address, TestContext.Current.CancellationToken));
    }

    private static OutboundGuard Guard(bool allow) => new(Options.Create(new GatewayOptions { AllowPrivateNetworks = allow }));
}
