using Samples.Sis.Control;
using Samples.Sis.Export;
using Samples.Sis.Pages;
using Samples.Sis.Rest;

namespace Samples.Sis;

/// <summary>A small student information system: OneRoster 1.1 and 1.2 over REST, and CSV exports of the same made-up district.</summary>
public static class SisServer
{
    public static WebApplication Build(SisOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Url ?? "http://127.0.0.1:0");
        if (options.Certificate is { } certificate)
            builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<SisState>();
        builder.Services.AddSingleton<TokenStore>();
        builder.Services.AddSingleton<OAuth1Check>();
        builder.Services.AddSingleton<RowAuthorization>();
        WebApplication app = builder.Build();
        HomePage.Map(app);
        TokenEndpoint.Map(app);
        CollectionEndpoint.Map(app);
        ExportEndpoint.Map(app);
        ControlEndpoints.Map(app);
        return app;
    }
}
