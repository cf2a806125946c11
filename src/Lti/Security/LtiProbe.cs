using System.Net;

namespace Lti.Security;

/// <summary>What asking an address showed, body aside.</summary>
/// <param name="Status">The status, or null when nobody answered.</param>
/// <param name="At">The platform's clock when it answered (RFC 9110 6.6.1), or null.</param>
/// <param name="IsSecureFault">Whether the connection failed because of TLS: an unknown, expired or foreign certificate.</param>
internal sealed record LtiProbe(HttpStatusCode? Status, DateTimeOffset? At, bool IsSecureFault);
