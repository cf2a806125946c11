namespace Gateway.Platforms;

/// <summary>A field of a platform's form and what to enter there.</summary>
internal sealed record PlatformValue(string Field, string Value);

/// <summary>What an administrator does at the platform, and what the operator does with what comes back.</summary>
internal sealed record PlatformForm(string Where, IReadOnlyList<PlatformValue> Values, IReadOnlyList<string> Next);
