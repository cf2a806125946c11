using Gateway.Privacy.Audit;
using Gateway.Privacy.Rights;

namespace Gateway.Privacy;

/// <summary>Keys, pseudonyms and allow-lists; the audit trail; what people may ask.</summary>
internal static class PrivacyFeature
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services) => services
        .AddSingleton<DistrictKeys>()
        .AddSingleton<RotateDistrictKey>()
        .AddSingleton<ListKeys>()
        .AddSingleton<SuccessorKeys>()
        .AddSingleton<HandOverDistrict>()
        .AddSingleton<TakeOverDistrict>()
        .AddSingleton<AuditKeys>()
        .AddSingleton<AuditTrail>()
        .AddSingleton<AcceptedPolicies>()
        .AddSingleton<ListThirdParties>()
        .AddSingleton<ReportUsage>()
        .AddSingleton<DisclosedPages>()
        .AddSingleton<PurgeExpired>()
        .AddSingleton<RetentionClock>()
        .AddSingleton<VerifyAudit>()
        .AddSingleton<ListAudit>()
        .AddSingleton<ScoreTickets>()
        .AddSingleton<FindPerson>()
        .AddSingleton<AccessPerson>()
        .AddSingleton<ErasePerson>()
        .AddSingleton<FindLearner>()
        .AddSingleton<BlockedPeople>()
        .AddSingleton<Erasures>()
        .AddSingleton<ExportDistrict>()
        .AddSingleton<Certificates>()
        .AddSingleton<IssueCertificate>();
}
