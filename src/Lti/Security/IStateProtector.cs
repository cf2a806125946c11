using System.Diagnostics.CodeAnalysis;

namespace Lti.Security;

/// <summary>
/// Seals the login state: authenticated encryption, so that nobody can read or alter it. All replicas share the keys.
/// Expiry is inside the sealed value and is the library's business.
/// </summary>
public interface IStateProtector
{
    /// <summary>Seals <paramref name="plain"/> into text that is safe in a URL (letters, digits, <c>-</c>, <c>_</c>).</summary>
    string Protect(ReadOnlySpan<byte> plain);

    /// <summary>Opens a sealed value; false when it was altered, is not ours, or its key is gone. Never throws for input from outside.</summary>
    bool TryUnprotect(ReadOnlySpan<char> sealedText, [NotNullWhen(true)] out byte[]? plain);
}
