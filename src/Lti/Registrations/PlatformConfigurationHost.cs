namespace Lti.Registrations;

/// <summary>
/// A host that publishes the configuration of an issuer of another name, because the platform's vendor says so. Without one, issuer and
/// configuration must have the same origin.
/// </summary>
/// <param name="Issuer">The <c>issuer</c>, compared character for character.</param>
/// <param name="Host">The host of the configuration's address, https on its usual port.</param>
public sealed record PlatformConfigurationHost(string Issuer, string Host);
