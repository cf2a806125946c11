using System.Reflection;
using Gateway.Storage;

namespace Gateway.Tests.House;

/// <summary>
/// Which way the arrows between the assemblies point. The compiled assembly names what it uses; the project file also names what is
/// referenced and not used yet.
/// </summary>
public sealed class AssemblyArrowTests
{
    private static readonly string[] LtiMayUse =
    [
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions",
        "Microsoft.Extensions.Options",
        "Microsoft.IdentityModel.Abstractions",
        "Microsoft.IdentityModel.JsonWebTokens",
        "Microsoft.IdentityModel.Tokens",
    ];

    private static readonly string[] OneRosterMayUse =
    [
        "CsvHelper",
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions",
        "Microsoft.Extensions.Options",
        "Microsoft.IdentityModel.Abstractions",
        "Microsoft.IdentityModel.JsonWebTokens",
        "Microsoft.IdentityModel.Tokens",
        // Of the framework itself: errors of the operating system, where files are opened without following links.
        "Microsoft.Win32.Primitives",
    ];

    [Fact]
    public void Lti_references_no_host_no_database_no_scheduler() =>
        RefersOnlyTo(typeof(Lti.Messages.OpaqueIdentifier).Assembly, "src/Lti/Lti.csproj", LtiMayUse);

    [Fact]
    public void OneRoster_references_no_host_no_database_no_scheduler() =>
        RefersOnlyTo(typeof(OneRoster.Model.SourcedId).Assembly, "src/OneRoster/OneRoster.csproj", OneRosterMayUse);

    [Fact]
    public void Gateway_references_the_two_libraries_and_no_sample()
    {
        var projects = Repository.References("src/Gateway/Gateway.csproj").Where(reference => reference.Kind == "ProjectReference");

        Assert.Equal(["Lti.csproj", "OneRoster.csproj"], projects.Select(project => Path.GetFileName(project.Name)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(
            typeof(GatewayDatabase).Assembly.GetReferencedAssemblies(),
            name => name.Name!.StartsWith("sample", StringComparison.OrdinalIgnoreCase) || name.Name == "MadeUpDistrict");
    }

    [Fact]
    public void Samples_reference_nothing_of_the_product()
    {
        var samples = Path.Combine(Repository.Root, "samples") + Path.DirectorySeparatorChar;
        var projects = Repository.Projects.Where(project => project.StartsWith("samples/", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(projects);
        Expect.Nothing(
            from project in projects
            from reference in Everything(project)
            where reference.Kind == "ProjectReference"
                ? !reference.Name.StartsWith(samples, StringComparison.Ordinal)
                : reference.Kind == "Reference"
            select $"{project} refers to {reference.Name}");
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("Gateway.sln").Replace('\\', '/');

        Expect.Nothing(Repository.Projects.Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal)));
    }

    private static void RefersOnlyTo(Assembly assembly, string project, string[] allowed)
    {
        Expect.Nothing(assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => !IsPlatform(name)).Except(allowed));
        Expect.Nothing(
            from reference in Everything(project)
            where reference.Kind != "PackageReference" || !(allowed.Contains(reference.Name) || reference.Name.StartsWith("System.", StringComparison.Ordinal))
            select $"{reference.Kind} {reference.Name}");
        Assert.Equal("Microsoft.NET.Sdk", (string?)Repository.Xml(project).Root!.Attribute("Sdk"));
    }

    // The analyzer is there while compiling alone: it comes with every project.
    private static IEnumerable<(string Kind, string Name)> Everything(string project) =>
        Repository.ImportedInto(project).Prepend(project).SelectMany(Repository.References)
            .Where(reference => reference.Name != "Microsoft.CodeAnalysis.BannedApiAnalyzers");

    private static bool IsPlatform(string assembly) =>
        assembly == "netstandard" || assembly.StartsWith("System.", StringComparison.Ordinal);
}
