namespace Lti.Security;

/// <summary>What asking for an access token led to.</summary>
public abstract class AccessTokenOutcome
{
    private protected AccessTokenOutcome()
    {
    }
}

/// <summary>A token was granted, possibly for fewer scopes than asked.</summary>
public sealed class AccessTokenGranted : AccessTokenOutcome
{
    internal AccessTokenGranted(AccessToken token) => Token = token;

    /// <summary>The token.</summary>
    public AccessToken Token { get; }
}

/// <summary>No token was granted.</summary>
public sealed class AccessTokenDenied : AccessTokenOutcome
{
    internal AccessTokenDenied(string code, bool mayPass, int? status = null, TimeSpan? retryAfter = null)
    {
        Code = code;
        MayPass = mayPass;
        Status = status;
        RetryAfter = retryAfter;
    }

    /// <summary>
    /// Stable code: <c>lti.token_unreachable</c>, <c>lti.token_throttled</c>, <c>lti.token_unavailable</c>, <c>lti.token_malformed_answer</c>,
    /// <c>lti.token_refused</c>, <c>lti.token_clock_behind</c> or <c>lti.token_clock_ahead</c> (the platform's clock, against ours), or one of
    /// RFC 6749 5.2 as <c>lti.token_invalid_client</c>, <c>lti.token_invalid_scope</c> and so on.
    /// </summary>
    public string Code { get; }

    /// <summary>Whether the same request may succeed later without anybody changing anything.</summary>
    public bool MayPass { get; }

    /// <summary>The platform's HTTP status, or null when it did not answer.</summary>
    public int? Status { get; }

    /// <summary>The wait that the platform asks for, or null.</summary>
    public TimeSpan? RetryAfter { get; }
}
