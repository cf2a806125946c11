namespace Lti.Registrations;

public sealed partial class RegistrationFault
{
    /// <summary><c>lti.registration_address_invalid</c>: The address of the platform's configuration is not an https address.</summary>
    public static RegistrationFault AddressInvalid { get; } = new(
        "lti.registration_address_invalid",
        "The learning platform gave no usable address of its configuration.",
        "The parameter openid_configuration must be an absolute https address.");

    /// <summary><c>lti.registration_configuration_unreachable</c>: The platform's configuration could not be fetched.</summary>
    public static RegistrationFault ConfigurationUnreachable { get; } = new(
        "lti.registration_configuration_unreachable",
        "The learning platform's configuration could not be fetched.",
        "Check that the platform is reachable from the internet under the address it gives of itself, with a valid certificate.");

    /// <summary><c>lti.registration_configuration_refused</c>: The platform did not hand out its configuration.</summary>
    public static RegistrationFault ConfigurationRefused { get; } = new(
        "lti.registration_configuration_refused",
        "The learning platform did not hand out its configuration.",
        "Begin again in the platform: its registration token may have expired, or the platform answers at another address.");

    /// <summary><c>lti.registration_configuration_malformed</c>: The platform's configuration cannot be read.</summary>
    public static RegistrationFault ConfigurationMalformed { get; } = new(
        "lti.registration_configuration_malformed",
        "The learning platform's configuration cannot be read.",
        "The address must answer with a JSON object of at most 256 KiB, in UTF-8, without repeated members.");

    /// <summary><c>lti.registration_configuration_incomplete</c>: The platform's configuration lacks a required member.</summary>
    public static RegistrationFault ConfigurationIncomplete { get; } = new(
        "lti.registration_configuration_incomplete",
        "The learning platform's configuration lacks something that LTI requires.",
        "Required are issuer, authorization_endpoint, token_endpoint, jwks_uri, registration_endpoint and the LTI platform configuration.");

    /// <summary><c>lti.registration_issuer_mismatch</c>: The issuer is not the one that published the configuration.</summary>
    public static RegistrationFault IssuerMismatch { get; } = new(
        "lti.registration_issuer_mismatch",
        "The learning platform calls itself by another name than the address it answers at.",
        "Have the platform's own address set as its issuer, and begin again; or register it by hand.");

    /// <summary><c>lti.registration_endpoint_insecure</c>: An endpoint in the configuration is not an https address.</summary>
    public static RegistrationFault EndpointInsecure { get; } = new(
        "lti.registration_endpoint_insecure",
        "The learning platform's configuration names an address that is not https, or too long.",
        "All endpoints must be absolute https addresses of at most 1,024 characters.");

    /// <summary><c>lti.registration_algorithm_missing</c>: The platform does not sign with RS256.</summary>
    public static RegistrationFault AlgorithmMissing { get; } = new(
        "lti.registration_algorithm_missing",
        "The learning platform does not offer the signature that LTI requires.",
        "id_token_signing_alg_values_supported and token_endpoint_auth_signing_alg_values_supported must contain RS256.");

    /// <summary><c>lti.registration_messages_unsupported</c>: The platform does not open resource links.</summary>
    public static RegistrationFault MessagesUnsupported { get; } = new(
        "lti.registration_messages_unsupported",
        "The learning platform does not open LTI resource links.",
        "messages_supported of the platform's LTI configuration must contain LtiResourceLinkRequest.");
}
