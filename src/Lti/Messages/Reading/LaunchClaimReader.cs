using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;
using Lti.Launches;

namespace Lti.Messages.Reading;

/// <summary>
/// Reads a verified payload straight from its bytes. JsonWebTokenHandler is not used for this: it turns every claim of a token,
/// names and addresses included, into strings and dictionaries before anybody can say what is wanted.
/// </summary>
internal static class LaunchClaimReader
{
    /// <summary>LTI's own claims are five levels deep at most; platforms' extensions are skipped and may be deeper.</summary>
    public const int MaxDepth = 32;

    private static readonly ConditionalWeakTable<ClaimAllowList, ClaimRules> Tables = [];

    public static LaunchClaims Read(ReadOnlySpan<byte> payload, ClaimAllowList allowed)
    {
        LaunchClaims claims = new();
        if (!Utf8.IsValid(payload))
        {
            claims.Fail(LaunchRefusal.ClaimsMalformed);
            return claims;
        }

        var rules = Tables.GetValue(allowed, static list => new ClaimRules(list));
        Utf8JsonReader reader = new(payload, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject) ClaimObject.Read(ref reader, rules.TopLevel, claims);
            else claims.Fail(LaunchRefusal.ClaimsMalformed);
            if (reader.Read()) claims.Fail(LaunchRefusal.ClaimsMalformed);
        }
        catch (JsonException)
        {
            // The exception quotes the token; nothing of it may go further.
            claims.Fail(reader.CurrentDepth >= MaxDepth - 1 ? LaunchRefusal.ClaimsTooDeep : LaunchRefusal.ClaimsMalformed);
        }
        catch (InvalidOperationException)
        {
            // Escaped halves of surrogate pairs: valid JSON, not valid text.
            claims.Fail(LaunchRefusal.ClaimsMalformed);
        }

        return claims;
    }
}
