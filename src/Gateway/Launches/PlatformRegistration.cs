using Lti.Registrations;

namespace Gateway.Launches;

/// <summary>A registration as the library sees it, and whose it is.</summary>
/// <param name="Registration">For the library.</param>
/// <param name="Number">Its row.</param>
/// <param name="District">The district it belongs to.</param>
/// <param name="Namespace">The space in which its subjects are unique; the issuer, unless set otherwise.</param>
/// <param name="AcceptedPolicy">The version of the policy that the district has accepted (P-4.3).</param>
/// <param name="Kind">The platform's kind.</param>
/// <param name="SisParameter">The custom parameter that carries the SIS id; null: the claim <c>lis.person_sourcedid</c>.</param>
/// <param name="LearnsAllDeployments">Every deployment that launches is learned, and not the first one only.</param>
/// <param name="LineItemOrigin">Scheme, host and port of the platform's line items; null until the first graded launch.</param>
internal sealed record PlatformRegistration(
    Registration Registration, int Number, int District, string Namespace, int AcceptedPolicy, string Kind, string? SisParameter,
    bool LearnsAllDeployments, string? LineItemOrigin);
