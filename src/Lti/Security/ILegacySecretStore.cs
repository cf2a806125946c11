using Lti.Registrations;

namespace Lti.Security;

/// <summary>
/// The secrets that platforms shared with the tool under LTI 1.1, while links of then are still in use. Optional: without a store
/// the claim <c>lti1p1</c> is ignored.
/// </summary>
public interface ILegacySecretStore
{
    /// <summary>
    /// The shared secret, as bytes, of a consumer key of then; null when none is on file for this registration, and the claim is
    /// ignored.
    /// </summary>
    /// <param name="registration">The registration that the launch came through.</param>
    /// <param name="consumerKey">The <c>oauth_consumer_key</c> of a verified token: text of the platform's, at most 255 bytes.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    ValueTask<ReadOnlyMemory<byte>?> FindAsync(Registration registration, string consumerKey, CancellationToken cancellationToken);
}
