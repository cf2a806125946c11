namespace Gateway.Districts;

/// <summary>The tenants.</summary>
internal static class DistrictsFeature
{
    public static IServiceCollection AddDistricts(this IServiceCollection services) => services
        .AddSingleton<AddDistrict>()
        .AddSingleton<AllowGuests>()
        .AddSingleton<ChangeContract>()
        .AddSingleton<FindDistrict>()
        .AddSingleton<DistrictContacts>()
        .AddSingleton<DistrictDirectory>()
        .AddSingleton<DistrictSummary>();
}
