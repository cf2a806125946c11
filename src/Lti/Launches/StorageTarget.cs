using System.Buffers;

namespace Lti.Launches;

/// <summary>The frame of a platform's storage, as <c>lti_storage_target</c> names it (LTI Client Side postMessages 0.1, 3).</summary>
internal static class StorageTarget
{
    public const int Longest = 100;

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.:");

    /// <summary>The name where it can be a frame's, or null: whatever else somebody sends counts as no storage.</summary>
    public static string? Admit(string? name) =>
        name is { Length: > 0 and <= Longest } && !name.AsSpan().ContainsAnyExcept(Letters) ? name : null;
}
