namespace Gateway.Alerts;

/// <summary>What administrators and the operator are told, and the one outbox of it. Needs the database, mail, districts and the audit trail.</summary>
internal static class AlertsFeature
{
    public static IServiceCollection AddAlerts(this IServiceCollection services) => services
        .AddSingleton<AlertRows>()
        .AddSingleton<AlertOutbox>()
        .AddSingleton<Incidents>()
        .AddSingleton<AuditRound>()
        .AddSingleton<IncidentRound>()
        .AddSingleton<PolicyRound>();
}
