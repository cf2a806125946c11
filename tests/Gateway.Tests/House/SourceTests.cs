using System.Reflection;
using System.Text.RegularExpressions;

namespace Gateway.Tests.House;

/// <summary>Habits that every source file and every project keeps.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 400;

    private static readonly string[] Code = ["src", "samples", "tests", "bench"];

    [Fact]
    public void No_file_is_longer_than_400_lines() => Expect.Nothing(
        from file in Repository.Files("*.*", Code)
        where Path.GetExtension(file) is ".cs" or ".cshtml" or ".sql" or ".css" or ".js" or ".csproj" or ".props" or ".targets" or ".sh"
        let lines = Repository.Read(file).AsSpan().Count('\n')
        where lines > LongestFile
        select $"{file}: {lines} lines");

    [Fact]
    public void Nothing_is_left_for_later_in_a_comment() => Expect.Nothing(
        from file in Repository.Files("*.*", [.. Code, "docker"])
        where Path.GetExtension(file) is ".cs" or ".cshtml" or ".sql" or ".css" or ".js" or ".csproj" or ".props" or ".yaml" or ".sh"
        from match in Unfinished().Matches(Repository.Read(file))
        select $"{file}: {match.Value}");

    [Fact]
    public void Every_central_package_version_is_used_by_a_project()
    {
        var used = Repository.Projects.Concat(Repository.Files("Directory.Build.*", "."))
            .SelectMany(Repository.References)
            .Where(reference => reference.Kind == "PackageReference")
            .Select(reference => reference.Name)
            .ToHashSet();
        var central = Repository.Xml("Directory.Packages.props").Descendants("PackageVersion").Select(item => (string)item.Attribute("Include")!).ToList();

        Expect.Nothing(central.Where(package => !used.Contains(package)));
        Expect.Nothing(used.Except(central));
    }

    [Fact]
    public void Test_method_names_are_sentences() => Expect.Nothing(
        from type in typeof(SourceTests).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.GetCustomAttributes<FactAttribute>().Any() && !Sentence().IsMatch(method.Name)
        select $"{type.Name}.{method.Name}");

    /// <summary>The same for the other test projects, which this one does not load.</summary>
    [Fact]
    public void Test_method_names_are_sentences_in_every_project() => Expect.Nothing(
        from file in Repository.Files("*.cs", "tests")
        from match in TestMethod().Matches(Repository.Read(file))
        let name = match.Groups["name"].Value
        where !Sentence().IsMatch(name)
        select $"{file}: {name}");

    [Fact]
    public void No_type_is_called_by_a_word_that_says_nothing() => Expect.Nothing(
        from file in Repository.Files("*.cs", "src", "samples")
        where Vague().IsMatch(Path.GetFileNameWithoutExtension(file))
        select file);

    // Put together from halves, so that this file does not find itself.
    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X|NotImplemented" + @"Exception)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)+$")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\[(?:Fact|Theory)\b[^\n]*\n(?:\s*\[[^\n]*\n|[^\n]*\)\]\n)*?\s*public\s+(?:async\s+)?(?:Task|ValueTask|void)\s+(?<name>\w+)")]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"(Helpers?|Utils?|Utility|Utilities|Manager|Common)$")]
    private static partial Regex Vague();
}
