namespace Gateway.Platforms;

/// <summary>As <c>registration.state</c> writes it.</summary>
internal static class RegistrationState
{
    /// <summary>Asked for by a platform's administrator; refused until somebody approves it.</summary>
    public const string Pending = "pending";

    public const string Active = "active";

    /// <summary>Not found by any login; kept because launches refer to it.</summary>
    public const string Removed = "removed";
}

/// <summary>As <c>registration.source</c> writes it.</summary>
internal static class RegistrationSource
{
    /// <summary>An operator added it.</summary>
    public const string Command = "command";

    /// <summary>LTI Dynamic Registration.</summary>
    public const string Dynamic = "dynamic";
}
