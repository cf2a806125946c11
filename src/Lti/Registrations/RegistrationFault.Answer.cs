namespace Lti.Registrations;

public sealed partial class RegistrationFault
{
    /// <summary><c>lti.registration_unreachable</c>: The platform's registration endpoint did not answer.</summary>
    public static RegistrationFault Unreachable { get; } = new(
        "lti.registration_unreachable",
        "The learning platform did not answer the registration.",
        "Begin again with the same link. Where the platform shows the tool already, choose to update it there: it does not have to be removed.");

    /// <summary><c>lti.registration_refused</c>: The platform refused the registration.</summary>
    public static RegistrationFault Refused { get; } = new(
        "lti.registration_refused",
        "The learning platform refused the registration.",
        "See the platform's own words below; often its registration token has expired or was used: begin again in the platform.");

    /// <summary><c>lti.registration_failed</c>: The platform had a problem of its own.</summary>
    public static RegistrationFault Failed { get; } = new(
        "lti.registration_failed",
        "The learning platform had a problem of its own.",
        "Wait a minute and begin again in the platform; see the platform's own words below.");

    /// <summary><c>lti.registration_answer_malformed</c>: The platform's answer is not a registration.</summary>
    public static RegistrationFault AnswerMalformed { get; } = new(
        "lti.registration_answer_malformed",
        "The learning platform's answer is not a registration.",
        "It must be a JSON object with client_id, of at most 256 KiB. Where the platform shows the tool already, it does not have to be removed: its client id can be entered by hand.");

    /// <summary>Every fault of this library; made for documentation, tests and translation.</summary>
    public static IReadOnlyList<RegistrationFault> Catalogue =>
    [
        AddressInvalid, ConfigurationUnreachable, ConfigurationRefused, ConfigurationMalformed, ConfigurationIncomplete, IssuerMismatch,
        EndpointInsecure, AlgorithmMissing, MessagesUnsupported, Unreachable, Refused, Failed, AnswerMalformed,
    ];
}
