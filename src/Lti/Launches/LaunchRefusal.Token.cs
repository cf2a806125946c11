namespace Lti.Launches;

public sealed partial class LaunchRefusal
{
    /// <summary><c>lti.token_missing</c>: The platform sent no launch message.</summary>
    public static LaunchRefusal TokenMissing { get; } = new(
        "lti.token_missing", LaunchPhase.TokenShape,
        "The platform sent no launch message.",
        "Go back to your course and open the link again.",
        "The platform posted neither id_token nor error.");

    /// <summary><c>lti.token_too_large</c>: The launch message is larger than allowed.</summary>
    public static LaunchRefusal TokenTooLarge { get; } = new(
        "lti.token_too_large", LaunchPhase.TokenShape,
        "The launch message is larger than allowed.",
        "Show the code to your teacher or administrator.",
        "The id_token is over the size limit; look for very large custom parameters.");

    /// <summary><c>lti.token_malformed</c>: The launch message is not readable.</summary>
    public static LaunchRefusal TokenMalformed { get; } = new(
        "lti.token_malformed", LaunchPhase.TokenShape,
        "The launch message is not readable.",
        "Go back to your course and open the link again; if it happens again, show the code to your teacher or administrator.",
        "The id_token is not a signed JWT in compact form.");

    /// <summary><c>lti.algorithm_none</c>: The launch message is not signed.</summary>
    public static LaunchRefusal AlgorithmNone { get; } = new(
        "lti.algorithm_none", LaunchPhase.TokenHeader,
        "The launch message is not signed.",
        "Show the code to your teacher or administrator.",
        "The id_token names the algorithm none; this is never accepted.");

    /// <summary><c>lti.algorithm_symmetric</c>: The launch message is signed in a way that LTI does not allow.</summary>
    public static LaunchRefusal AlgorithmSymmetric { get; } = new(
        "lti.algorithm_symmetric", LaunchPhase.TokenHeader,
        "The launch message is signed in a way that LTI does not allow.",
        "Show the code to your teacher or administrator.",
        "The id_token names a symmetric algorithm (HS256 and the like); LTI requires an asymmetric one.");

    /// <summary><c>lti.algorithm_unsupported</c>: The launch message is signed with an algorithm that is not supported.</summary>
    public static LaunchRefusal AlgorithmUnsupported { get; } = new(
        "lti.algorithm_unsupported", LaunchPhase.TokenHeader,
        "The launch message is signed with an algorithm that is not supported.",
        "Show the code to your teacher or administrator.",
        "Supported are RS256, PS256 and ES256.");

    /// <summary><c>lti.key_id_missing</c>: The launch message does not say which key signed it.</summary>
    public static LaunchRefusal KeyIdMissing { get; } = new(
        "lti.key_id_missing", LaunchPhase.TokenHeader,
        "The launch message does not say which key signed it.",
        "Show the code to your teacher or administrator.",
        "The id_token's header has no kid, which the 1EdTech Security Framework requires.");

    /// <summary><c>lti.key_embedded</c>: The launch message brings its own key.</summary>
    public static LaunchRefusal KeyEmbedded { get; } = new(
        "lti.key_embedded", LaunchPhase.TokenHeader,
        "The launch message brings its own key.",
        "Show the code to your teacher or administrator.",
        "The id_token's header has jwk, jku, x5u, x5c or crit; keys are taken only from the registered JWKS address.");

    /// <summary><c>lti.key_unknown</c>: The launch message is signed with a key that the platform does not publish.</summary>
    public static LaunchRefusal KeyUnknown { get; } = new(
        "lti.key_unknown", LaunchPhase.Key,
        "The launch message is signed with a key that the platform does not publish.",
        "Wait a minute and open the link again.",
        "The kid is not in the platform's JWKS, also after fetching it again; check the JWKS address of the registration.");

    /// <summary><c>lti.key_unsuitable</c>: The platform's key does not fit the algorithm of the launch message.</summary>
    public static LaunchRefusal KeyUnsuitable { get; } = new(
        "lti.key_unsuitable", LaunchPhase.Key,
        "The platform's key does not fit the algorithm of the launch message.",
        "Show the code to your teacher or administrator.",
        "The JWK's kty or alg does not fit the header's alg, or an RSA key is shorter than 2,048 bits.");

    /// <summary><c>lti.keys_unreachable</c>: The platform's keys could not be fetched.</summary>
    public static LaunchRefusal KeysUnreachable { get; } = new(
        "lti.keys_unreachable", LaunchPhase.Key,
        "The platform's keys could not be fetched.",
        "Wait a minute and open the link again.",
        "The JWKS address did not answer with success in time and no earlier keys are known.");

    /// <summary><c>lti.keys_redirected</c>: The platform's keys could not be fetched.</summary>
    public static LaunchRefusal KeysRedirected { get; } = new(
        "lti.keys_redirected", LaunchPhase.Key,
        "The platform's keys could not be fetched.",
        "Show the code to your teacher or administrator.",
        "The JWKS address answers with a redirect, which is not followed; register the final address.");

    /// <summary><c>lti.keys_too_large</c>: The platform's keys could not be used.</summary>
    public static LaunchRefusal KeysTooLarge { get; } = new(
        "lti.keys_too_large", LaunchPhase.Key,
        "The platform's keys could not be used.",
        "Show the code to your teacher or administrator.",
        "The JWKS document is over the size limit.");

    /// <summary><c>lti.keys_too_many</c>: The platform's keys could not be used.</summary>
    public static LaunchRefusal KeysTooMany { get; } = new(
        "lti.keys_too_many", LaunchPhase.Key,
        "The platform's keys could not be used.",
        "Show the code to your teacher or administrator.",
        "The JWKS document has more keys than allowed.");

    /// <summary><c>lti.keys_malformed</c>: The platform's keys could not be used.</summary>
    public static LaunchRefusal KeysMalformed { get; } = new(
        "lti.keys_malformed", LaunchPhase.Key,
        "The platform's keys could not be used.",
        "Show the code to your teacher or administrator.",
        "The JWKS address did not answer with a JSON Web Key Set.");

    /// <summary><c>lti.signature_invalid</c>: The signature of the launch message is wrong.</summary>
    public static LaunchRefusal SignatureInvalid { get; } = new(
        "lti.signature_invalid", LaunchPhase.Signature,
        "We could not make sure that this launch comes from your learning platform.",
        "Go back to your course and open the link again; if it happens again, show the code to your teacher or administrator.",
        "The id_token was altered or was signed by somebody else.");

    /// <summary><c>lti.claims_malformed</c>: The launch message is not readable.</summary>
    public static LaunchRefusal ClaimsMalformed { get; } = new(
        "lti.claims_malformed", LaunchPhase.Claims,
        "The launch message is not readable.",
        "Show the code to your teacher or administrator.",
        "The payload is not a JSON object, or a protocol claim has the wrong type or is too long.");

    /// <summary><c>lti.claims_too_deep</c>: The launch message is nested deeper than allowed.</summary>
    public static LaunchRefusal ClaimsTooDeep { get; } = new(
        "lti.claims_too_deep", LaunchPhase.Claims,
        "The launch message is nested deeper than allowed.",
        "Show the code to your teacher or administrator.",
        "The payload is nested more than 32 levels deep.");

    /// <summary><c>lti.claims_duplicate</c>: The launch message says something twice.</summary>
    public static LaunchRefusal ClaimsDuplicate { get; } = new(
        "lti.claims_duplicate", LaunchPhase.Claims,
        "The launch message says something twice.",
        "Show the code to your teacher or administrator.",
        "A claim occurs twice in one object, so that two readers could understand it differently.");
}
