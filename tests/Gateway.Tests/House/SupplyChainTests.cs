using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gateway.Tests.House;

/// <summary>What the product is built from is fixed by hash, audited and listed.</summary>
[Trait("Requirement", "T-20")]
public sealed partial class SupplyChainTests
{
    private static readonly string[] Images = ["DATABASE_IMAGE", "PROXY_IMAGE", "RUNTIME_IMAGE", "SDK_IMAGE"];

    [Fact]
    public void Every_project_has_a_lock_file() => Expect.Nothing(
        from project in Repository.Projects.Append("docker/health-probe.cs")
        where !Repository.Exists(LockOf(project))
        select project);

    [Fact]
    public void Every_locked_package_has_a_version_and_the_hash_of_its_content() => Expect.Nothing(
        from project in Repository.Projects.Append("docker/health-probe.cs")
        from framework in Lock(project).GetProperty("dependencies").EnumerateObject()
        from package in framework.Value.EnumerateObject()
        where package.Value.GetProperty("type").GetString() != "Project"
        where !package.Value.TryGetProperty("resolved", out _) || !package.Value.TryGetProperty("contentHash", out _)
        select $"{LockOf(project)}: {package.Name}");

    [Fact]
    public void Locked_packages_are_those_that_the_projects_ask_for() => Expect.Nothing(
        from project in Repository.Projects
        let asked = Repository.ImportedInto(project).Append(project).SelectMany(Repository.References)
            .Where(reference => reference.Kind == "PackageReference").Select(reference => reference.Name).ToHashSet(StringComparer.OrdinalIgnoreCase)
        let locked = from framework in Lock(project).GetProperty("dependencies").EnumerateObject()
                     from package in framework.Value.EnumerateObject()
                     where package.Value.GetProperty("type").GetString() == "Direct"
                     select package.Name
        from name in locked
        where !asked.Contains(name)
        select $"{LockOf(project)}: {name}");

    [Fact]
    public void Packages_are_restored_in_locked_mode_before_a_merge()
    {
        var locked = Repository.Xml("Directory.Build.props").Descendants("RestoreLockedMode").Single();

        Assert.Equal("true", Property("RestorePackagesWithLockFile"));
        Assert.Equal("true", locked.Value);
        Assert.Equal("'$(CI)' == 'true'", (string?)locked.Attribute("Condition"));
        Assert.Matches(@"(?m)^export CI=true\b", Repository.Read(".ci/run"));
        Assert.Contains("dotnet restore src/Gateway --locked-mode", Repository.Read("docker/Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_package_is_audited_down_to_low_severity()
    {
        Assert.Equal("true", Property("NuGetAudit"));
        Assert.Equal("all", Property("NuGetAuditMode"));
        Assert.Equal("low", Property("NuGetAuditLevel"));
    }

    [Fact]
    public void No_warning_of_the_audit_is_switched_off_and_each_is_explained() => Expect.Nothing(
    [
        .. from file in Repository.Files("*.props", ".").Concat(Repository.Files("*.targets", ".")).Concat(Repository.Projects)
           from element in Repository.Xml(file).Descendants()
           where element.Name.LocalName is "NoWarn" or "NuGetAuditSuppress" && element.ToString().Contains("NU1", StringComparison.Ordinal)
           select $"{file}: {element}",
        .. from code in AuditCode().Matches(Repository.Read("Directory.Build.props")).Select(match => match.Value).Distinct()
           where !Repository.Read("CONTRIBUTING.md").Contains($"| `{code}` |", StringComparison.Ordinal)
           select $"{code} is not explained in CONTRIBUTING.md",
    ]);

    [Fact]
    public void Images_are_named_by_digest_or_not_at_all()
    {
        var compose = Repository.Read("docker/compose.yaml");
        var dockerfile = Repository.Read("docker/Dockerfile");

        Expect.Nothing(Image().Matches(compose).Select(match => match.Groups["image"].Value)
            .Where(image => image != "gateway" && !Required().IsMatch(image)));
        Expect.Nothing(From().Matches(dockerfile).Select(match => match.Groups["image"].Value)
            .Where(image => image is not ("$SDK_IMAGE" or "$RUNTIME_IMAGE")));
        Expect.Nothing(Images.Where(name => !compose.Contains($"${{{name}:?", StringComparison.Ordinal)));
        // Without a default: an image that nobody pinned is no image.
        Assert.DoesNotMatch(@"(?m)^ARG \w+_IMAGE=", dockerfile);
        Assert.DoesNotContain("# syntax=", dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_container_has_a_limit_of_memory_and_of_processes()
    {
        var compose = Repository.Read("docker/compose.yaml");
        var services = Section().Match(compose).Groups["body"].Value;
        var shared = Shared().Match(compose).Groups["body"].Value;

        Assert.Contains("pids_limit:", compose[..compose.IndexOf("x-gateway:", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains("<<: *hardened", shared, StringComparison.Ordinal);
        Assert.Contains("mem_limit:", shared, StringComparison.Ordinal);
        Expect.Nothing(Service().Matches(services)
            .Where(service => !service.Value.Contains("<<: *gateway", StringComparison.Ordinal)
                && !(service.Value.Contains("<<: *hardened", StringComparison.Ordinal) && service.Value.Contains("mem_limit:", StringComparison.Ordinal)))
            .Select(service => service.Groups["name"].Value));
    }

    [Fact]
    public void What_is_merged_has_a_bill_of_materials_held_against_the_lock_files()
    {
        Assert.Contains("./scripts/sbom.sh", Repository.Read(".ci/run"), StringComparison.Ordinal);
        Assert.Matches("\"cyclonedx\": \\{\\s+\"version\": \"\\d+\\.\\d+\\.\\d+\"", Repository.Read(".config/dotnet-tools.json"));
    }

    [Theory]
    [InlineData("sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true)]
    [InlineData("sha256:0123", false)]
    [InlineData("", false)]
    public async Task Images_are_pinned_only_by_a_whole_digest_and_other_lines_stay(string digest, bool pinned)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-pin-").FullName;
        try
        {
            const string before = "GATEWAY_HOST=gateway.example.org\nSDK_IMAGE=old\n";
            await File.WriteAllTextAsync(Path.Combine(folder, ".env"), before, TestContext.Current.CancellationToken);
            File.Copy(Path.Combine(Repository.Root, "docker/pin.sh"), Path.Combine(folder, "pin.sh"));
            // In place of docker, which would ask the registries.
            var docker = Path.Combine(folder, "docker");
            await File.WriteAllTextAsync(docker, $"#!/bin/sh\necho '{digest}'\n", TestContext.Current.CancellationToken);
            File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

            var start = new ProcessStartInfo("sh", [Path.Combine(folder, "pin.sh")]) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            var after = await File.ReadAllTextAsync(Path.Combine(folder, ".env"), TestContext.Current.CancellationToken);
            Assert.Equal(pinned, process.ExitCode == 0);
            if (!pinned)
            {
                Assert.Equal(before, after);
                return;
            }

            Assert.Contains("GATEWAY_HOST=gateway.example.org\n", after, StringComparison.Ordinal);
            Assert.Equal(Images, Pinned().Matches(after).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Property(string name) => Repository.Xml("Directory.Build.props").Descendants(name).Single().Value;

    private static string LockOf(string project) => Path.Combine(Path.GetDirectoryName(project) ?? "", "packages.lock.json").Replace('\\', '/');

    private static JsonElement Lock(string project) => JsonDocument.Parse(Repository.Read(LockOf(project))).RootElement;

    [GeneratedRegex("NU19\\d\\d")]
    private static partial Regex AuditCode();

    [GeneratedRegex(@"^\s+image: (?<image>.+)$", RegexOptions.Multiline)]
    private static partial Regex Image();

    [GeneratedRegex(@"^\$\{\w+_IMAGE:\?.+\}$")]
    private static partial Regex Required();

    [GeneratedRegex(@"^FROM (?<image>\S+)", RegexOptions.Multiline)]
    private static partial Regex From();

    [GeneratedRegex(@"^services:\n(?<body>.*?)^networks:", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^x-gateway:.*?\n(?<body>.*?)^services:", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Shared();

    [GeneratedRegex(@"^  (?<name>[\w-]+):\n(?:(?:    .*)?\n)+", RegexOptions.Multiline)]
    private static partial Regex Service();

    [GeneratedRegex(@"^(?<name>\w+_IMAGE)=\S+@sha256:[0-9a-f]{64}$", RegexOptions.Multiline)]
    private static partial Regex Pinned();
}
