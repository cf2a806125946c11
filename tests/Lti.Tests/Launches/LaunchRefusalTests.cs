using System.Reflection;
using System.Text.RegularExpressions;
using Lti.Launches;

namespace Lti.Tests.Launches;

[Trait("Requirement", "L-1.10")]
public sealed partial class LaunchRefusalTests
{
    [Fact]
    public void Catalogue_holds_every_refusal_once()
    {
        var declared = typeof(LaunchRefusal).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(LaunchRefusal))
            .Select(property => (LaunchRefusal)property.GetValue(null)!)
            .ToList();
        Assert.All(LaunchRefusal.Catalogue, Assert.NotNull);
        Assert.Equal(declared.Count, LaunchRefusal.Catalogue.Count);
        Assert.Equal(declared.ToHashSet(), LaunchRefusal.Catalogue.ToHashSet());
        Assert.Equal(LaunchRefusal.Catalogue.Count, LaunchRefusal.Catalogue.Select(one => one.Code).Distinct().Count());
        Assert.Equal(LaunchRefusal.Catalogue.OrderBy(one => one.Phase), LaunchRefusal.Catalogue);
    }

    [Fact]
    public void Each_refusal_speaks_in_whole_sentences()
    {
        foreach (var refusal in LaunchRefusal.Catalogue)
        {
            Assert.Matches(Code(), refusal.Code);
            Assert.All([refusal.WhatHappened, refusal.WhatToDo, refusal.ForAdministrator], text => Assert.Matches(@"\w.*\.$", text));
        }
    }

    [Fact]
    public void Each_refusal_speaks_to_a_person_without_words_of_the_trade()
    {
        foreach (var refusal in LaunchRefusal.Catalogue)
        {
            Assert.All([refusal.WhatHappened, refusal.WhatToDo], text => Assert.False(Jargon().IsMatch(text), $"{refusal.Code}: {text}"));
            Assert.InRange(refusal.WhatToDo.Length, 20, 160);
            Assert.InRange(refusal.WhatHappened.Length, 20, 120);
            Assert.DoesNotContain(". ", refusal.WhatHappened, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Each_refusal_tells_administrators_more_than_the_person() => Assert.All(
        LaunchRefusal.Catalogue, refusal => Assert.DoesNotContain(refusal.ForAdministrator, new[] { refusal.WhatHappened, refusal.WhatToDo }));

    [GeneratedRegex(
        @"\b(tokens?|claims?|nonces?|issuers?|jwks|states?|regist\w+|deploy\w+|signatures?|signed(?! you in| in)|platforms?|lti|lms|oidc|oauth|openid|tools?|launch\w*"
        + @"|parameters?|algorithms?|keys?|json|jwt|urls?|uris?|ids?|https?|roles?|audiences?|subjects?|resources?|endpoints?|redirect\w*|sessions?|binding|cookies?"
        + @"|invalid|malformed|errors?|payloads?|administrators?|servers?|requests?|config\w*|blame|fault|wrong)\b",
        RegexOptions.IgnoreCase)]
    internal static partial Regex Jargon();

    [GeneratedRegex("^lti\\.[a-z]+(_[a-z]+)*$")]
    private static partial Regex Code();
}
