using System.Reflection;
using System.Text.RegularExpressions;
using Gateway.Launches;
using Gateway.Tests.House;
using Lti.Launches;

namespace Gateway.Tests.Launches;

[Trait("Requirement", "L-1.10")]
public sealed partial class LaunchRefusalsTests
{
    private static readonly IReadOnlyList<LaunchRefusal> Own =
        [.. typeof(LaunchRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (LaunchRefusal)field.GetValue(null)!)];

    [Fact]
    public void The_gateways_own_refusals_have_codes_of_their_own()
    {
        Assert.All(Own, refusal => Assert.Matches("^launch\\.[a-z]+(_[a-z]+)*$", refusal.Code));
        Assert.Equal(Own.Count, Own.Select(refusal => refusal.Code).Distinct().Count());
    }

    [Fact]
    public void The_gateways_own_refusals_speak_to_a_person_without_words_of_the_trade()
    {
        foreach (var refusal in Own)
        {
            Assert.All([refusal.WhatHappened, refusal.WhatToDo], text => Assert.False(Jargon().IsMatch(text), $"{refusal.Code}: {text}"));
            Assert.All([refusal.WhatHappened, refusal.WhatToDo, refusal.ForAdministrator], text => Assert.Matches(@"\w.*\.$", text));
            Assert.InRange(refusal.WhatToDo.Length, 20, 160);
        }
    }

    [Fact]
    public void The_page_of_refusals_says_of_each_what_the_code_says() => Assert.Equal(
        LaunchRefusal.Catalogue.Concat(Own).Select(refusal => $"| `{refusal.Code}` | {refusal.ForAdministrator} |"),
        Repository.Read("docs/refusals.md").Split("\n## ")[0].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)));

    [GeneratedRegex(
        @"\b(tokens?|claims?|nonces?|issuers?|jwks|states?|regist\w+|deploy\w+|signatures?|platforms?|lti|lms|oidc|tools?|launch\w*|keys?|ids?|roles?|sessions?|cookies?|invalid|errors?|engines?)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Jargon();
}
