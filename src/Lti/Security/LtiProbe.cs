using System.Net;

namespace Lti.Security;

/// <summary>What asking an address showed, body aside.</summary>
/// <param name="Status">The status, or null when nobody answered.</param>
/// <param name="IsSecureFault">Whether the connection failed because of TLS: an unknown, expired or foreign certificate.</param>
internal sealed record LtiProbe(HttpStatusCode? Status, bool IsSecureFault);
