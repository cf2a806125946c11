using Lti.Messages;
using Lti.Registrations;

namespace Lti.Launches;

/// <summary>A launch that passed every check but the host's own.</summary>
/// <param name="Registration">The registration it came through.</param>
/// <param name="Nonce">The login's nonce: 16 random bytes of ours in base64url (22 characters). To be spent once.</param>
/// <param name="NonceExpiresAt">After this the record of the spent nonce may be dropped.</param>
/// <param name="Message">The verified message.</param>
/// <param name="LearnedDeployment">A deployment that the registration does not know yet and should remember, or null.</param>
public sealed record AdmissionRequest(
    Registration Registration, string Nonce, DateTimeOffset NonceExpiresAt, LaunchMessage Message, string? LearnedDeployment);
