namespace Samples.PracticeEngine;

/// <summary>
/// Settings of the sample practice engine; from the environment as <c>PracticeEngine__Authority</c> and so on. They may be changed
/// while the server runs.
/// </summary>
public sealed class PracticeEngineOptions
{
    /// <summary>Where to listen; a free port of the loopback address when not set.</summary>
    public string? Url { get; set; }

    /// <summary>What others reach the server by; its own address when not set.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>The OpenID provider, and the API that scores go to: the gateway.</summary>
    public string Authority { get; set; } = "http://127.0.0.1:5100";

    public string ClientId { get; set; } = "practice-engine";

    public string ClientSecret { get; set; } = "sample-practice-engine-secret";

    /// <summary>Wanted by <c>/last-launch</c> in the header <c>X-Control-Key</c>; without it that does not exist.</summary>
    public string? ControlKey { get; set; }

    /// <summary>Keep a copy of the rosters of all districts that have enabled this engine.</summary>
    public bool FollowRoster { get; set; }

    /// <summary>The secrets of the gateway's webhooks (<c>whsec_…</c>), separated by spaces; without one the engine waits at the feed instead.</summary>
    public string? WebhookSecrets { get; set; }

    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(2);

    public TimeProvider Time { get; set; } = TimeProvider.System;

    internal string Provider => Authority.TrimEnd('/');
}
