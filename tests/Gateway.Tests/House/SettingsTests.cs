using System.Reflection;
using System.Text.RegularExpressions;
using Gateway.Hosting;

namespace Gateway.Tests.House;

/// <summary>Settings have one spelling: that of the options. What the containers set exists, and what exists is documented.</summary>
public sealed partial class SettingsTests
{
    private const string Page = "docs/settings.md";

    /// <summary>Names of the platform that the gateway listens to; the option types do not have them.</summary>
    private static readonly string[] OfThePlatform = ["ASPNETCORE_URLS", "ConnectionStrings__Gateway", "OTEL_EXPORTER_OTLP_ENDPOINT"];

    private static IReadOnlyList<string> OfTheGateway { get; } = [.. Names(typeof(GatewayOptions), $"{GatewayOptions.Section}__")];

    [Theory]
    [InlineData("docker/compose.yaml")]
    [InlineData("docker/Dockerfile")]
    public void Every_setting_that_the_containers_give_exists(string file)
    {
        var used = Setting().Matches(WithoutComments(file)).Select(match => match.Value).ToHashSet();

        Assert.NotEmpty(used);
        Expect.Nothing(used.Except(OfTheGateway).Except(OfThePlatform));
    }

    [Fact]
    public void Every_setting_is_documented() =>
        Expect.Nothing(OfTheGateway.Concat(OfThePlatform).Where(name => !Rows().Contains(name)));

    [Fact]
    public void Every_documented_setting_exists() => Expect.Nothing(Rows().Except(OfTheGateway).Except(OfThePlatform));

    [Fact]
    public void Documents_name_only_settings_that_exist() => Expect.Nothing(
        from document in Repository.Files("*.md", "docs").Concat(["README.md", "CONTRIBUTING.md", "SECURITY.md"])
        from name in Setting().Matches(Repository.Read(document)).Select(match => match.Value).Distinct()
        where !OfTheGateway.Contains(name) && !OfThePlatform.Contains(name)
        select $"{document}: {name}");

    private static IEnumerable<string> Names(Type options, string prefix) =>
        from property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        let nested = property.PropertyType.Assembly == typeof(GatewayOptions).Assembly && property.PropertyType.IsClass
        from name in nested ? Names(property.PropertyType, $"{prefix}{property.Name}__") : [prefix + property.Name]
        select name;

    private static HashSet<string> Rows() => [.. Row().Matches(Repository.Read(Page)).Select(match => match.Groups["name"].Value)];

    private static string WithoutComments(string file) =>
        string.Join('\n', Repository.Read(file).Split('\n').Where(line => !line.TrimStart().StartsWith('#')));

    [GeneratedRegex(@"\b(?:Gateway__|ConnectionStrings__|ASPNETCORE_|OTEL_)\w+")]
    private static partial Regex Setting();

    [GeneratedRegex(@"^\| `(?<name>\w+)`", RegexOptions.Multiline)]
    private static partial Regex Row();
}
