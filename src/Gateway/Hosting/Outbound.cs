namespace Gateway.Hosting;

/// <summary>The client for everything that the gateway asks of others: guarded, bounded, with a name (Canvas refuses requests without).</summary>
internal static class Outbound
{
    public const string UserAgent = "Gateway-LTI-OneRoster/1.0";

    public static IServiceCollection AddOutbound(this IServiceCollection services)
    {
        services.AddSingleton<OutboundGuard>();
        services.AddGuardedClient(OutboundGuard.ClientName, client =>
        {
            client.Timeout = TimeSpan.FromSeconds(30);
            client.MaxResponseContentBufferSize = 1024 * 1024;
        });
        return services;
    }

    /// <summary>A named client behind the guard; nothing of its requests is logged.</summary>
    public static IHttpClientBuilder AddGuardedClient(this IServiceCollection services, string name, Action<HttpClient> configure) =>
        services.AddHttpClient(name, client =>
            {
                client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
                configure(client);
            })
            .ConfigurePrimaryHttpMessageHandler(services => services.GetRequiredService<OutboundGuard>().CreateHandler())
            .RemoveAllLoggers();
}
