namespace Gateway.Hosting;

/// <summary>The client for everything that the gateway asks of others: guarded, bounded, with a name (Canvas refuses requests without).</summary>
internal static class Outbound
{
    public const string UserAgent = "Gateway-LTI-OneRoster/1.0";

    public static IServiceCollection AddOutbound(this IServiceCollection services)
    {
        services.AddSingleton<OutboundGuard>();
        services.AddHttpClient(OutboundGuard.ClientName, client =>
            {
                client.Timeout = TimeSpan.FromSeconds(30);
                client.MaxResponseContentBufferSize = 1024 * 1024;
                client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
            })
            .ConfigurePrimaryHttpMessageHandler(services => services.GetRequiredService<OutboundGuard>().CreateHandler())
            .RemoveAllLoggers();
        return services;
    }
}
