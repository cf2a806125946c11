namespace Lti.Launches;

public sealed partial class LaunchRefusal
{
    /// <summary><c>lti.token_missing</c>: The platform posted neither id_token nor error.</summary>
    public static LaunchRefusal TokenMissing { get; } = new(
        "lti.token_missing", LaunchPhase.TokenShape,
        "The site where your class is sent us nothing to open.",
        OpenAgainOrTell,
        "The launch has neither id_token nor error, or not as form fields: the platform must answer by response_mode=form_post, and nobody should open the launch URL directly.");

    /// <summary><c>lti.token_too_large</c>: The id_token is over the size limit.</summary>
    public static LaunchRefusal TokenTooLarge { get; } = new(
        "lti.token_too_large", LaunchPhase.TokenShape,
        "The site where your class is sent us more than we can take.",
        ShowTheCode,
        "The id_token is over the size limit (64 KiB decoded unless set otherwise): look for very large custom parameters of the link or placement.");

    /// <summary><c>lti.token_malformed</c>: The id_token is not a signed JWT in compact form.</summary>
    public static LaunchRefusal TokenMalformed { get; } = new(
        "lti.token_malformed", LaunchPhase.TokenShape,
        "What the site where your class is sent us could not be read.",
        OpenAgainOrTell,
        "The id_token is not a signed JWT in compact form with a JSON header (RFC 7515): something between platform and tool cut or re-encoded it.");

    /// <summary><c>lti.algorithm_none</c>: The id_token names the algorithm none.</summary>
    public static LaunchRefusal AlgorithmNone { get; } = new(
        "lti.algorithm_none", LaunchPhase.TokenHeader,
        "We could not make sure that this link really comes from the site where your class is.",
        ShowTheCode,
        "The id_token's alg is none, which is never accepted: the platform is misconfigured, or somebody forged a launch.");

    /// <summary><c>lti.algorithm_symmetric</c>: The id_token names a symmetric algorithm.</summary>
    public static LaunchRefusal AlgorithmSymmetric { get; } = new(
        "lti.algorithm_symmetric", LaunchPhase.TokenHeader,
        "We could not make sure that this link really comes from the site where your class is.",
        ShowTheCode,
        "The id_token's alg is symmetric (HS256 and the like), which the 1EdTech Security Framework forbids: set the platform to RS256, or suspect a forged launch.");

    /// <summary><c>lti.algorithm_unsupported</c>: The id_token names an algorithm that is not supported.</summary>
    public static LaunchRefusal AlgorithmUnsupported { get; } = new(
        "lti.algorithm_unsupported", LaunchPhase.TokenHeader,
        "We could not make sure that this link really comes from the site where your class is.",
        ShowTheCode,
        "The id_token's alg is not RS256, PS256 or ES256: set the platform to RS256.");

    /// <summary><c>lti.key_id_missing</c>: The id_token's header has no kid.</summary>
    public static LaunchRefusal KeyIdMissing { get; } = new(
        "lti.key_id_missing", LaunchPhase.TokenHeader,
        "We could not make sure that this link really comes from the site where your class is.",
        ShowTheCode,
        "The id_token's header has no kid, which the 1EdTech Security Framework requires: the platform must say which of its published keys it signed with.");

    /// <summary><c>lti.key_embedded</c>: The id_token brings a key, or an address of one, of its own.</summary>
    public static LaunchRefusal KeyEmbedded { get; } = new(
        "lti.key_embedded", LaunchPhase.TokenHeader,
        "We could not make sure that this link really comes from the site where your class is.",
        ShowTheCode,
        "The id_token's header has jwk, jku, x5u, x5c or crit: keys are taken from the registered JWKS address alone; this may be a forged launch.");

    /// <summary><c>lti.key_unknown</c>: The kid is not in the platform's JWKS, also after fetching it again.</summary>
    public static LaunchRefusal KeyUnknown { get; } = new(
        "lti.key_unknown", LaunchPhase.Key,
        "We could not make sure that this link really comes from the site where your class is.",
        WaitAndOpenAgain,
        "The id_token's kid is not in the platform's JWKS, also after fetching it again: compare the registration's JWKS address with the platform's; after a key rotation the next launch helps.");

    /// <summary><c>lti.key_unsuitable</c>: The key with that kid does not fit the algorithm.</summary>
    public static LaunchRefusal KeyUnsuitable { get; } = new(
        "lti.key_unsuitable", LaunchPhase.Key,
        "We could not make sure that this link really comes from the site where your class is.",
        ShowTheCode,
        "The JWK with this kid does not fit the id_token's alg (kty or alg differ), or it is published together with its private part, so that everybody could sign with it: the platform then needs a new key.");

    /// <summary><c>lti.keys_unreachable</c>: The JWKS address did not answer and no keys of the last day are known.</summary>
    public static LaunchRefusal KeysUnreachable { get; } = new(
        "lti.keys_unreachable", LaunchPhase.Key,
        "We could not reach the site where your class is.",
        WaitAndOpenAgain,
        "The registration's JWKS address did not answer with success in time, and no keys of the last day are known: try the address from the tool's network; private addresses are refused unless a setting allows them.");

    /// <summary><c>lti.keys_redirected</c>: The JWKS address answers with a redirect.</summary>
    public static LaunchRefusal KeysRedirected { get; } = new(
        "lti.keys_redirected", LaunchPhase.Key,
        "We could not reach the site where your class is.",
        ShowTheCode,
        "The registration's JWKS address answers with a redirect, which is not followed: register the address that it leads to.");

    /// <summary><c>lti.keys_too_large</c>: The JWKS document is over the size limit.</summary>
    public static LaunchRefusal KeysTooLarge { get; } = new(
        "lti.keys_too_large", LaunchPhase.Key,
        "We could not make sure that this link really comes from the site where your class is.",
        ShowTheCode,
        "The document at the registration's JWKS address is over the size limit (512 KiB unless set otherwise): check that it is a key set.");

    /// <summary><c>lti.keys_too_many</c>: The JWKS document has more keys than allowed.</summary>
    public static LaunchRefusal KeysTooMany { get; } = new(
        "lti.keys_too_many", LaunchPhase.Key,
        "We could not make sure that this link really comes from the site where your class is.",
        ShowTheCode,
        "The document at the registration's JWKS address has more keys than allowed (100 unless set otherwise): check that it is this platform's key set.");

    /// <summary><c>lti.keys_malformed</c>: The JWKS address does not answer with a JSON Web Key Set.</summary>
    public static LaunchRefusal KeysMalformed { get; } = new(
        "lti.keys_malformed", LaunchPhase.Key,
        "We could not make sure that this link really comes from the site where your class is.",
        ShowTheCode,
        "The registration's JWKS address does not answer with a JSON Web Key Set (RFC 7517): often it is the address of a web page.");

    /// <summary><c>lti.signature_invalid</c>: The signature is wrong.</summary>
    public static LaunchRefusal SignatureInvalid { get; } = new(
        "lti.signature_invalid", LaunchPhase.Signature,
        "We could not make sure that this link really comes from the site where your class is.",
        OpenAgainOrTell,
        "The id_token's signature does not verify with the platform's key of that kid: it was altered, or signed by somebody else.");

    /// <summary><c>lti.claims_malformed</c>: The payload is not a JSON object, or a protocol claim has the wrong type.</summary>
    public static LaunchRefusal ClaimsMalformed { get; } = new(
        "lti.claims_malformed", LaunchPhase.Claims,
        "What the site where your class is sent us could not be read.",
        ShowTheCode,
        "The id_token's payload is not a JSON object in UTF-8, or one of iss, exp, iat, nbf, nonce, version, message_type and target_link_uri has the wrong type, or one of these or an id is too long.");

    /// <summary><c>lti.claim_type_invalid</c>: An id, or the audience, is of a type that cannot be taken as a text.</summary>
    public static LaunchRefusal ClaimTypeInvalid { get; } = new(
        "lti.claim_type_invalid", LaunchPhase.Claims,
        "What the site where your class is sent us could not be read.",
        ShowTheCode,
        "One of sub, aud, azp, deployment_id, resource_link.id, context.id and for_user.user_id is not a text: whole numbers up to 9007199254740991 are taken as their text, but fractions, exponents, larger numbers, truth values, lists and objects have no text that everybody agrees on. The platform has to send it in quotes.");

    /// <summary><c>lti.claims_too_deep</c>: The payload is nested deeper than allowed.</summary>
    public static LaunchRefusal ClaimsTooDeep { get; } = new(
        "lti.claims_too_deep", LaunchPhase.Claims,
        "What the site where your class is sent us could not be read.",
        ShowTheCode,
        "The id_token's payload is nested more than 32 levels deep: look at the platform's own extensions and at custom parameters.");

    /// <summary><c>lti.claims_duplicate</c>: A claim occurs twice in one object.</summary>
    public static LaunchRefusal ClaimsDuplicate { get; } = new(
        "lti.claims_duplicate", LaunchPhase.Claims,
        "The site where your class is said the same thing twice.",
        ShowTheCode,
        "A claim that is read occurs twice in one object of the id_token, so that two readers could understand it differently (RFC 8725 2.8): look for custom parameters whose names differ in case only.");

    /// <summary><c>lti.claims_control_character</c>: A claim that is read holds a control character.</summary>
    public static LaunchRefusal ClaimsControlCharacter { get; } = new(
        "lti.claims_control_character", LaunchPhase.Claims,
        "The message from the site where your class is was damaged.",
        ShowTheCode,
        "A claim of the id_token that is read holds a control character (U+0000 to U+001F, U+007F): look at deployment id, link address and custom parameters in the platform, which may have been pasted with a line end.");
}
