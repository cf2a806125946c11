using OneRoster.Tests.Csv;
using OneRoster.Tests.Validation;

namespace OneRoster.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public async Task The_validators_example_is_in_the_readme_line_for_line_and_runs()
    {
        var example = File.ReadAllLines(Path.Combine(Root(), "tests/OneRoster.Tests/ReadmeExample.cs"))
            .SkipWhile(line => !line.EndsWith("// README begins", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.EndsWith("// README ends", StringComparison.Ordinal))
            .Select(line => line.Length > 8 ? line[8..] : "");
        var readme = File.ReadAllText(Path.Combine(Root(), "src/OneRoster/README.md"));
        Assert.Contains("```csharp\n" + string.Join('\n', example) + "\n```", readme, StringComparison.Ordinal);

        using var temporary = new TemporaryFolder();
        using var output = new StringWriter();
        var path = temporary.Zip(CleanPackage.Of12().With("orgs.csv", "district", "county").Files);
        Assert.Equal(1, await ReadmeExample.ValidateAsync(path, output, TestContext.Current.CancellationToken));
        Assert.StartsWith("Error orgs.csv:2:type row.not_in_vocabulary: Use one of: ", output.ToString(), StringComparison.Ordinal);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
