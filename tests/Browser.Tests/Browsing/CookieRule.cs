using System.Text.Json;

namespace Browser.Tests.Browsing;

/// <summary>What a browser is set to do with the gateway's cookies, as somebody would set it on the browser's own settings page.</summary>
public enum CookieRule
{
    /// <summary>As every browser here: third-party cookies are blocked, partitioned ones are kept.</summary>
    Usual,

    /// <summary>The gateway keeps none inside the LMS, and keeps them in a tab of its own.</summary>
    BlockedInsideLms,

    /// <summary>The gateway keeps none anywhere.</summary>
    Blocked,
}

/// <summary>A folder for a browser's profile whose preferences hold a <see cref="CookieRule"/>.</summary>
internal static class Profile
{
    private const int Block = 2;

    public static string Create(CookieRule rule, string gatewayUrl, string lmsUrl)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-browser-").FullName;
        var pattern = rule == CookieRule.Blocked ? $"{gatewayUrl},*" : $"{gatewayUrl},{lmsUrl}";
        var cookies = new Dictionary<string, object> { [pattern] = new { setting = Block } };
        var preferences = new { profile = new { content_settings = new { exceptions = new { cookies } } } };
        Directory.CreateDirectory(Path.Combine(folder, "Default"));
        File.WriteAllText(Path.Combine(folder, "Default", "Preferences"), JsonSerializer.Serialize(preferences));
        return folder;
    }
}
