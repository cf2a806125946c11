using Lti.Registrations;

namespace Gateway.Platforms;

/// <summary>
/// A kind of learning management system: all that is known of it in advance and differs from the other kinds. What a district's own
/// platform says or what its administrator enters stands in its registration.
/// </summary>
internal abstract class PlatformKind
{
    /// <summary>As <c>registration.kind</c> and <c>--kind</c> write it.</summary>
    public abstract string Name { get; }

    /// <summary>As people call it.</summary>
    public abstract string Title { get; }

    /// <summary>The values of <c>product_family_code</c> by which such a platform names itself, in any case of letters.</summary>
    public virtual IReadOnlyList<string> ProductFamilies => [Name];

    /// <summary>The vendor's environments that <c>--environment</c> names, the usual one first; none: the option is not for this kind.</summary>
    public virtual IReadOnlyList<string> Environments => [];

    /// <summary>What an environment answers at; null for a name that is not in <see cref="Environments"/>.</summary>
    public virtual PlatformEndpoints? OfEnvironment(string name) => null;

    /// <summary>What follows from the issuer and the client id; null where the kind does not fix it.</summary>
    /// <param name="issuer">The platform's <c>iss</c>, or null: the vendor's only one.</param>
    /// <param name="clientId">The tool's client id; some vendors have a key set for each.</param>
    public virtual PlatformEndpoints? Endpoints(string? issuer, string clientId) => null;

    /// <summary>The issuer as the platform writes it: people copy addresses with a slash at the end.</summary>
    public virtual string IssuerOf(string issuer) => issuer;

    /// <summary>
    /// Hosts of the vendor that answer for every customer. An address there belongs to this kind and to no other. A customer's own host
    /// is not among them.
    /// </summary>
    public virtual IReadOnlyList<string> VendorHosts => [];

    /// <summary>The vendor's domain below which each customer has an address of its own; null: customers have their own.</summary>
    public virtual string? CustomerDomain => null;

    /// <summary>Where the vendor publishes the configuration of an issuer of another name (LTI Dynamic Registration 1.0, 3.4).</summary>
    public virtual IReadOnlyList<PlatformConfigurationHost> ConfigurationHosts => [];

    /// <summary>
    /// The <c>aud</c> that the vendor wants in client assertions for this token endpoint; null: the endpoint's own address. It depends on
    /// the endpoint, because an assertion for the vendor must not be sent to somebody who only says to be of this kind.
    /// </summary>
    public virtual string? TokenAudience(string tokenEndpoint) => null;

    /// <summary>Whether <c>authorization_server</c> of its configuration is the audience that its token endpoint checks (LTI Dynamic Registration 1.0, 3.1).</summary>
    public virtual bool NamesItsAudience => true;

    /// <summary>Whether a platform of this kind may have an audience of its own (<c>--token-audience</c>).</summary>
    public virtual bool TakesTokenAudience => false;

    /// <summary>Whether one client id may serve several customers of the vendor, so that only the deployment id tells them apart.</summary>
    public virtual bool ClientIdServesMany => false;

    /// <summary>Whether a link has a grade column only where it was made with a line item.</summary>
    public virtual bool ScoreNeedsLineItem => false;

    /// <summary>Whether a link's author can replace the value of a custom parameter that the tool sets; null: nobody has found out.</summary>
    public virtual bool? LinksOverrideCustomParameters => null;

    /// <summary>Whether a launch always names the person's place in the course, so that institution roles say nothing of it.</summary>
    public virtual bool NamesEveryCourseRole => false;

    /// <summary>Whether <c>lis.person_sourcedid</c> comes only where the tool gets names.</summary>
    public virtual bool LisClaimNeedsNames => false;

    /// <summary>Whether <c>lis.person_sourcedid</c> may be missing from its launches.</summary>
    public virtual bool MayLeaveLisOut => LisClaimNeedsNames;

    /// <summary>The variable for the person's id in the SIS.</summary>
    public virtual string SisVariable => "$Person.sourcedId";

    /// <summary>Where a dynamic registration asks this kind to offer the tool; none leaves it to the platform.</summary>
    public virtual IReadOnlyList<string> Placements => [];

    /// <summary>Members of the tool's configuration that only this kind knows.</summary>
    public virtual IReadOnlyDictionary<string, string> RegistrationExtensions => new Dictionary<string, string>();

    /// <summary>Where its administrator pastes a registration link; null: it takes none.</summary>
    public virtual string? WhereLinkIsPasted => null;

    /// <summary>What its administrator does after the dynamic registration.</summary>
    public virtual string AfterRegistration => "Close this page, and switch the tool on in your platform if it asks for that.";

    /// <summary>What its administrator does when the platform's issuer is not the host of its configuration.</summary>
    public virtual string OnIssuerMismatch =>
        $"Ask your {Title} administrator or its vendor for issuer, client id and addresses, and give them to the gateway's operator, who enters them by hand (`platform add`).";

    /// <summary>The fields of its form, under its own names, and the command that follows; with the address of this key set of the tool.</summary>
    public abstract PlatformForm Form(ToolFacts tool, string district, Guid keySet);

    /// <summary>The custom parameter that carries the SIS id, as the form takes it.</summary>
    protected string CustomParameter => $"{ToolFacts.SisParameter}={SisVariable}";
}
