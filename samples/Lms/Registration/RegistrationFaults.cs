namespace Samples.Lms.Registration;

/// <summary>What may go wrong when a tool registers.</summary>
public enum RegistrationFault
{
    None,

    /// <summary>The configuration names another issuer.</summary>
    WrongIssuer,

    /// <summary>The configuration lacks its registration endpoint.</summary>
    Incomplete,

    /// <summary>The configuration is longer than anybody should read.</summary>
    OversizedConfiguration,

    /// <summary>The configuration's address redirects to another one of this machine.</summary>
    RedirectInward,

    /// <summary>The registration is refused with a page of HTML.</summary>
    HtmlRefusal,

    /// <summary>The registration is refused with JSON of a shape of its own, as Canvas does.</summary>
    OtherJsonRefusal,

    /// <summary>The registration is refused with bare words, as Moodle does.</summary>
    BareRefusal,

    /// <summary>The registration ends with status 500.</summary>
    Broken,

    /// <summary>The registration succeeds with an answer that is too long.</summary>
    OversizedAnswer,
}
