using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OneRoster.Model;
using OneRoster.Rest;
using Samples.Sis;

namespace OneRoster.Tests.Rest;

/// <summary>The sample SIS on loopback, and a client for it; both live by one clock on which every wait is over at once.</summary>
internal sealed class SisStage : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private SisStage(WebApplication app, SisOptions sis, SkippingTime time) => (this.app, Sis, Time) = (app, sis, time);

    public SisOptions Sis { get; }

    public SkippingTime Time { get; }

    public CapturingLog Log { get; } = new();

    public Observer Observer { get; } = new();

    public HttpClient Http => http;

    public SisState State => app.Services.GetRequiredService<SisState>();

    public Uri Url => new(app.Urls.First());

    public RestAccess Credentials => new RestAccess.ClientCredentials(new Uri(Url, "/token"), Sis.ClientId, Sis.ClientSecret);

    public static async Task<SisStage> StartAsync(int students = 290)
    {
        var time = new SkippingTime();
        var sis = new SisOptions { Students = students, Time = time };
        var app = SisServer.Build(sis);
        await app.StartAsync();
        return new SisStage(app, sis, time);
    }

    public RestRosterSource Source(Func<RestRosterSourceOptions, RestRosterSourceOptions>? with = null) => new(Options(with), http, Time, Log);

    public RestRosterSourceOptions Options(Func<RestRosterSourceOptions, RestRosterSourceOptions>? with = null)
    {
        var options = new RestRosterSourceOptions(OneRosterVersion.V1P2, Url, Credentials) { PageSize = 100 };
        return with?.Invoke(options) ?? options;
    }

    /// <summary>What is read, in full, in the order of the text.</summary>
    public async Task<List<string>> ReadAsync(Observer observer, Func<RestRosterSourceOptions, RestRosterSourceOptions>? with = null)
    {
        await using var source = Source(with);
        var rows = await source.ReadAllAsync(observer, FieldAllowList.Create(Allowed.Least));
        return [.. rows.Select(Reading.Describe).Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }
}
