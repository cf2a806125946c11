using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.Storage.DataProtection;

/// <summary>ASP.NET data protection over <see cref="SealedXmlRepository"/>.</summary>
internal static class DataProtectionSetup
{
    // Part of every protected value: another name, and nothing opens any more.
    private const string ApplicationName = "gateway";

    public static IServiceCollection AddSealedDataProtection(this IServiceCollection services)
    {
        services.TryAddSingleton<SealedXmlRepository>();
        services.AddDataProtection().SetApplicationName(ApplicationName);
        services.AddOptions<KeyManagementOptions>().Configure<SealedXmlRepository>((options, keys) => options.XmlRepository = keys);

        // The key manager warns of keys stored in plain: it cannot know that the repository seals what it is given.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        return services;
    }
}
