using Gateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Hosting;

[Trait("Requirement", "T-13")]
public sealed class TransportSecurityTests
{
    [Theory]
    [InlineData("https://school.example.org", true)]
    [InlineData("https://school.example.org/practice", true)]
    [InlineData("http://127.0.0.1:5100", false)]
    public async Task Https_is_asked_for_where_browsers_come_by_https_whatever_the_inner_hop(string publicUrl, bool asks)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Gateway.Stage.Loopback.FreeUrl());
        builder.Services.Configure<GatewayOptions>(options => options.PublicUrl = publicUrl);
        builder.Services.AddSingleton<PublicAddress>();
        await using var app = builder.Build();
        app.UseMiddleware<SecurityHeaders>();
        app.MapGet("/", () => "here");
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient();

        using var answer = await http.GetAsync(app.Urls.First(), TestContext.Current.CancellationToken);

        Assert.Equal(asks, answer.Headers.TryGetValues("Strict-Transport-Security", out var header) && header.Single() == "max-age=31536000");
    }
}
