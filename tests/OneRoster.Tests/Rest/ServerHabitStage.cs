using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using OneRoster.Model;
using OneRoster.Rest;

namespace OneRoster.Tests.Rest;

/// <summary>A server that has one habit or another, and what reads it.</summary>
public abstract class ServerHabitStage : IAsyncLifetime
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    internal static FieldAllowList OrgsOnly { get; } = FieldAllowList.Create(Allowed.Least.Where(field => field.Item1 == RosterCollection.Orgs));

    internal Observer Observer { get; } = new();

    internal SkippingTime Time { get; } = new();

    internal FakeOneRosterServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await FakeOneRosterServer.StartAsync(District.Rest12());

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal static Task<bool> Status(HttpContext context, int? status)
    {
        if (status is not null)
            context.Response.StatusCode = status.Value;
        return Task.FromResult(status is not null);
    }

    internal static async Task<bool> Answer(HttpContext context, int status, string body, string? type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        if (body.Length > 0)
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
        return true;
    }

    internal RestRosterSource Source(Func<RestRosterSourceOptions, RestRosterSourceOptions>? with = null) =>
        new(Options(with), http, Time, NullLogger<RestRosterSource>.Instance);

    internal Task<RosterProbeOutcome> ProbeAsync(Func<RestRosterSourceOptions, RestRosterSourceOptions>? with = null) =>
        new RosterServerProbe(http, Time, NullLogger<RosterServerProbe>.Instance).ProbeAsync(Options(with), TestContext.Current.CancellationToken);

    internal async Task<RosterSourceException> FailAsync(RestRosterSource source) =>
        await Assert.ThrowsAsync<RosterSourceException>(() => source.ReadAllAsync(Observer, OrgsOnly));

    private RestRosterSourceOptions Options(Func<RestRosterSourceOptions, RestRosterSourceOptions>? with)
    {
        var options = new RestRosterSourceOptions(OneRosterVersion.V1P2, Server.Url, Server.TokenUrl, "gateway", "s:cret");
        return with?.Invoke(options) ?? options;
    }
}
