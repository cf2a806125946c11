using System.Net;
using System.Net.Sockets;
using Gateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Hosting;

[Trait("Requirement", "L-1.12")]
public sealed class OutboundGuardTests : IAsyncLifetime
{
    private WebApplication server = null!;
    private int requests;

    private int Port => new Uri(server.Urls.First()).Port;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.MapGet("/", () =>
        {
            Interlocked.Increment(ref requests);
            return "inside";
        });
        server.MapGet("/redirect", () => Results.Redirect($"http://127.0.0.1:{Port}/"));
        await server.StartAsync();
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("[fe80::1]")]
    public async Task Address_inside_is_refused_however_it_is_written(string host)
    {
        using var http = Client(allow: false);

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync($"http://{host}:{Port}/", TestContext.Current.CancellationToken));

        Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);
        Assert.StartsWith("outbound.address_refused", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task Own_interfaces_are_refused_too()
    {
        using var http = Client(allow: false);
        // Refused by the resolver already.
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync($"http://0.0.0.0:{Port}/", TestContext.Current.CancellationToken));
        var own = await Dns.GetHostAddressesAsync(Dns.GetHostName(), TestContext.Current.CancellationToken);
        foreach (var address in own.Where(a => a.AddressFamily == AddressFamily.InterNetwork && !PublicNetwork.Contains(a)))
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync($"http://{address}:{Port}/", TestContext.Current.CancellationToken));
        Assert.Equal(0, requests);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task With_the_setting_it_is_reached(string host)
    {
        using var http = Client(allow: true);
        Assert.Equal("inside", await http.GetStringAsync($"http://{host}:{Port}/", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        using var http = Client(allow: true);
        using var answer = await http.GetAsync($"http://127.0.0.1:{Port}/redirect", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(0, requests);
    }

    private static HttpClient Client(bool allow) => new(new OutboundGuard(Options.Create(new GatewayOptions { AllowPrivateNetworks = allow })).CreateHandler());
}
