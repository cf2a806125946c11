using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Gateway.Tests.Privacy;

/// <summary>The search must be able to fail: each form of a planted value is found wherever it stands.</summary>
[Trait("Requirement", "P-6")]
public sealed class CanarySearchTests
{
    private const string Email = "zanthe+quill.o'vrx@students.example.org";
    private static readonly CanarySearch Search = new([new("e-mail", Email), new("given name", "Bacen"), new("phone", "+1-000-1234-5678")]);

    public static TheoryData<string, string> Hiding
    {
        get
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Email));
            var data = new TheoryData<string, string>
            {
                { "plain", Email },
                { "plain", Email.ToUpperInvariant() },
                { "URL-encoded", Uri.EscapeDataString(Email) },
                { "form-encoded", WebUtility.UrlEncode(Email) },
                { "JSON-escaped", JsonSerializer.Serialize(Email) },
                { "HTML-escaped", WebUtility.HtmlEncode(Email) },
                { "hex", Convert.ToHexString(Encoding.UTF8.GetBytes(Email)) },
                { "hex", Convert.ToHexStringLower(Encoding.UTF8.GetBytes($"a{Email}b")) },
                { "SHA-256 in hex", Convert.ToHexString(hash) },
                { "SHA-256 in hex", Convert.ToHexStringLower(hash) },
                { "SHA-256 as a uuid", new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString() },
                { "SHA-256 as a uuid", new Guid(hash.AsSpan(0, 16)).ToString() },
                { "SHA-256 in base64", Convert.ToBase64String(hash) },
                { "SHA-256 in base64", Base64Url.EncodeToString(hash) },
            };
            foreach (var before in new[] { "", "x", "xy", "xyz" })
            {
                data.Add("base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(before + Email + "~?>")));
                data.Add("base64", Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{before}{Email}ÿÿ")));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Hiding))]
    public void Planted_value_is_found_in_this_form(string form, string hidden)
    {
        var hits = Search.Find($"2026-10-05T12:00:00Z info: Gateway[1] something {hidden} and more", "log");

        Assert.Contains(hits, hit => hit.Kind == "e-mail" && hit.Place == "log" && hit.Form == form);
        Assert.DoesNotContain(hits, hit => hit.ToString().Contains("quill", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Short_name_is_found_as_a_word_only()
    {
        Assert.NotEmpty(Search.Find("hello, bacen!", "page"));
        Assert.Empty(Search.Find("dGhlBacenYWJj and xbacen", "page"));
    }

    [Fact]
    public void Value_at_the_very_start_and_end_is_found()
    {
        Assert.NotEmpty(Search.Find(Email, "dump"));
        Assert.NotEmpty(Search.Find("+1-000-1234-5678", "dump"));
    }

    [Fact]
    public void Text_without_planted_values_has_no_hits() =>
        Assert.Empty(Search.Find(string.Concat(Enumerable.Repeat("zanthe quill students.example.org +1-000-1234 ", 10_000)), "dump"));
}
