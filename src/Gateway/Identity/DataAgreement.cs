namespace Gateway.Identity;

/// <summary>The data agreement that an adult accepts for an engine before it gets anything (P-5.4).</summary>
internal static class DataAgreement
{
    /// <summary>The version that is accepted today. It changes with the text of the agreement.</summary>
    public const string CurrentVersion = "2025-1";
}
