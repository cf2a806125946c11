namespace Gateway.Engine.Webhooks;

/// <summary>Why a try did not deliver; part of the contract.</summary>
internal static class WebhookCodes
{
    /// <summary>410: the receiver wants no more; the webhook is disabled.</summary>
    public const string Gone = "webhook.gone";

    /// <summary>429.</summary>
    public const string Throttled = "webhook.throttled";

    /// <summary>5xx.</summary>
    public const string ReceiverFailed = "webhook.receiver_failed";

    /// <summary>3xx: redirects are not followed.</summary>
    public const string Redirected = "webhook.redirected";

    /// <summary>Any other answer that is not 2xx.</summary>
    public const string Refused = "webhook.refused";

    public const string TimedOut = "webhook.timed_out";

    /// <summary>No connection, or it broke off.</summary>
    public const string Unreachable = "webhook.unreachable";

    /// <summary>The name leads to a private network (<c>Gateway__AllowPrivateNetworks</c>).</summary>
    public const string AddressRefused = "webhook.address_refused";

    /// <summary>The secret does not open: its master key is missing.</summary>
    public const string SecretUnreadable = "webhook.secret_unreadable";

    public const string UnexpectedError = "webhook.unexpected_error";
}
