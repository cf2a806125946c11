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

    [GeneratedRegex("^lti\\.[a-z]+(_[a-z]+)*$")]
    private static partial Regex Code();
}
