using Lti.Registrations;

namespace Lti.Security;

/// <summary>Where the host keeps the tool's keys.</summary>
public interface IToolKeyStore
{
    /// <summary>
    /// The key that signs now for this registration. Platforms differ in what they accept as audience, so a host gives each platform a key
    /// of its own: what is signed for one then proves nothing to another.
    /// </summary>
    ValueTask<ToolKey> GetSigningKeyAsync(Registration registration, CancellationToken cancellationToken);
}
