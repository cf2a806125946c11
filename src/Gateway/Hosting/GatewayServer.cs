using Gateway.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>The running gateway: the database it opened and the web application on it.</summary>
internal sealed class GatewayServer : IAsyncDisposable
{
    private readonly OpenedStorage storage;

    private GatewayServer(WebApplication application, OpenedStorage storage)
    {
        Application = application;
        this.storage = storage;
    }

    public WebApplication Application { get; }

    /// <summary>Opens the database, builds the application and starts to listen.</summary>
    public static async Task<Outcome<GatewayServer>> StartAsync(Action<WebApplicationBuilder>? configure, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        Telemetry.ConfigureLogging(builder.Logging);
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
            builder.WebHost.UseUrls(PublicAddress.DefaultUrl);
        configure?.Invoke(builder);
        // "Unsafe" where code waits on a thread; nothing here does. A request then has one hop between threads less on its way in and out.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        });

        using var loggers = LoggerFactory.Create(Telemetry.ConfigureLogging);
        var opened = await Composition.OpenStorageAsync(builder.Configuration, loggers, cancellation);
        if (!opened.Succeeded)
            return Outcome<GatewayServer>.Failed(opened.Failures);
        if (builder.Configuration.GetConnectionString("Gateway") is { Length: > 0 } database && DatabaseTls.IsWeakened(database))
            loggers.CreateLogger<GatewayServer>().DatabaseNotVerified();
        builder.Services.AddGateway(builder.Configuration, opened.Value);
        builder.Services.AddGatewayWeb();
        var server = new GatewayServer(builder.Build(), opened.Value);
        server.Application.UseGatewayWeb();
        if (await server.ListenAsync(cancellation) is not { } failure)
            return server;
        // What had started already must not go on: the scheduler, the delivery of scores, the private cluster.
        await server.DisposeAsync();
        return failure;
    }

    private async Task<Failure?> ListenAsync(CancellationToken cancellation)
    {
        try
        {
            await Application.StartAsync(cancellation);
            return null;
        }
        catch (OptionsValidationException e)
        {
            return new("settings.invalid", string.Join(' ', e.Failures));
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            return new("settings.address_in_use", "Another program listens on the address of ASPNETCORE_URLS already: end it, or choose another port.");
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Disposing alone would leave the scheduler's threads running.
        await Application.StopAsync();
        await Application.DisposeAsync();
        await storage.DisposeAsync();
    }
}
