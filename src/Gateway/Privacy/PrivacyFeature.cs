namespace Gateway.Privacy;

/// <summary>Keys, pseudonyms and allow-lists.</summary>
internal static class PrivacyFeature
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services) => services
        .AddSingleton<DistrictKeys>()
        .AddSingleton<ScoreTickets>();
}
