using Gateway.Privacy.Audit;

namespace Gateway.Privacy;

/// <summary>Keys, pseudonyms and allow-lists.</summary>
internal static class PrivacyFeature
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services) => services
        .AddSingleton<DistrictKeys>()
        .AddSingleton<RotateDistrictKey>()
        .AddSingleton<ListKeys>()
        .AddSingleton<AuditKeys>()
        .AddSingleton<AuditTrail>()
        .AddSingleton(PrivacyPolicy.Product)
        .AddSingleton<AcceptedPolicies>()
        .AddSingleton<ListThirdParties>()
        .AddSingleton<ReportUsage>()
        .AddSingleton<PurgeExpired>()
        .AddSingleton<RetentionClock>()
        .AddSingleton<VerifyAudit>()
        .AddSingleton<ListAudit>()
        .AddSingleton<ScoreTickets>();
}
