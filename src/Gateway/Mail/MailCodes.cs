namespace Gateway.Mail;

/// <summary>Why a mail did not go.</summary>
internal static class MailCodes
{
    /// <summary>No mail server is configured.</summary>
    public const string NotConfigured = "mail.not_configured";

    /// <summary>The server does not take mail for this address, now or later.</summary>
    public const string Refused = "mail.refused";

    /// <summary>The server asked to come back later.</summary>
    public const string Deferred = "mail.deferred";

    /// <summary>The server was not reached, has no TLS that can be trusted, or did not let the gateway in.</summary>
    public const string Unreachable = "mail.unreachable";

    /// <summary>The server did not answer in time.</summary>
    public const string TimedOut = "mail.timed_out";
}
