using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Lti.Grades;
using Lti.Launches;
using Lti.Messages;
using Lti.Messages.Reading;
using Lti.Security;
using Lti.Tests.Platform;

namespace Lti.Tests.Security;

/// <summary>Readers of bytes from outside answer with values, whatever the bytes.</summary>
public sealed class HostileInputTests
{
    private const int Rounds = 20_000;

    private static readonly ClaimAllowList All = new(
        typeof(LaunchClaim).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => (LaunchClaim)property.GetValue(null)!).Append(LaunchClaim.Custom("grade")));

    [Fact]
    public void Claim_reader_never_throws()
    {
        var payload = Claims.DeepLinkingRequest("n", DateTimeOffset.UnixEpoch).ToJsonString();
        HashSet<string> seen = [];
        foreach (var bytes in Mutations(payload)) seen.Add(LaunchClaimReader.Read(bytes, All).Fault?.Code ?? "");
        Assert.Superset(new HashSet<string> { "", "lti.claims_malformed" }, seen);
    }

    [Fact]
    public void Key_set_reader_never_throws()
    {
        var document = new JsonObject { ["keys"] = new JsonArray(SigningKey.Elliptic.ToJwk(), SigningKey.First.ToJwk()) }.ToJsonString();
        foreach (var bytes in Mutations(document).Take(4_000)) JwksDocument.Read(bytes, 10, out _);
    }

    [Fact]
    public void Token_answer_reader_never_throws()
    {
        const string answer = """{"access_token":"abc","token_type":"Bearer","expires_in":3600,"scope":"a b","error":"invalid_scope"}""";
        foreach (var bytes in Mutations(answer))
        {
            AccessTokenAnswer.Read(bytes, "a", DateTimeOffset.UnixEpoch);
            AccessTokenAnswer.RefusalCode(bytes);
            PlatformReason.Find(bytes);
        }
    }

    [Fact]
    public void State_that_opens_is_never_an_altered_one()
    {
        AesGcmStateProtector protector = new(Scene.StateKey);
        LoginState state = new("r1", DateTimeOffset.UnixEpoch, new byte[16], new byte[32], "_parent", Scene.Target);
        var sealedText = protector.Protect(state.ToBytes());
        foreach (var bytes in Mutations(sealedText))
        {
            var text = Encoding.Latin1.GetString(bytes);
            // The last letter of base64url may have bits that carry nothing; all others count.
            if (text[..^1] != sealedText[..^1]) Assert.False(protector.TryUnprotect(text, out _));
        }

        foreach (var bytes in Mutations(Encoding.Latin1.GetString(state.ToBytes()))) LoginState.FromBytes(bytes);
    }

    private static IEnumerable<byte[]> Mutations(string text)
    {
        Random random = new(20260901);
        var original = Encoding.Latin1.GetBytes(text);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = original.ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(bytes.Count);
                var pieces = "{}[]\",:\\u0d8e9-tfn"u8;
                switch (random.Next(4))
                {
                    case 0: bytes[at] = (byte)random.Next(256); break;
                    case 1: bytes[at] = pieces[random.Next(pieces.Length)]; break;
                    case 2: bytes.Insert(at, pieces[random.Next(pieces.Length)]); break;
                    default: if (bytes.Count > 10) bytes.RemoveAt(at); break;
                }
            }

            yield return [.. bytes];
        }
    }
}
