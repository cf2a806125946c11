using System.Text.RegularExpressions;
using Gateway.Stage;
using Gateway.Tests.House;
using Gateway.Tests.Rostering;
using Microsoft.AspNetCore.Builder;
using Samples.Sis;

namespace Gateway.Tests.Commands;

/// <summary>
/// Every <c>roster connect</c> that the documentation shows, run as it stands there: only addresses, files and the district are
/// exchanged for those of a server that is there. Of each kind of source the roster is read as well.
/// </summary>
[Trait("Requirement", "S-10")]
public sealed partial class DocumentedConnectTests : IAsyncLifetime
{
    private const string District = "oak";
    private readonly TemporaryFolder folder = new();
    private readonly MadeUpAuthority authority = new();
    private readonly SisOptions sis = new() { Students = 20 };
    private TestDatabase database = null!;
    private SftpServer sftp = null!;
    private WebApplication server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateMigratedAsync("connect");
        sftp = await SftpServer.StartAsync();
        new MadeUpRoster().WriteTo(sftp.Folder);
        server = SisServer.Build(sis);
        await server.StartAsync(Cancellation);
        await File.WriteAllTextAsync(PathOf("master.key"), Convert.ToBase64String(new byte[32]), Cancellation);
        await File.WriteAllTextAsync(PathOf("secret"), sis.ClientSecret + "\n", Cancellation);
        await File.WriteAllTextAsync(PathOf("ca.pem"), authority.Pem, Cancellation);
        await File.WriteAllBytesAsync(PathOf("key"), sftp.Key, Cancellation);
        Assert.Equal(0, (await RunAsync("district", "add", District, "--name", "Oak", "--time-zone", "America/Chicago")).ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await sftp.DisposeAsync();
        await database.DisposeAsync();
        authority.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Every_form_of_connect_that_is_documented_connects()
    {
        var documented = Documented().ToList();
        foreach (var way in new[] { "--sftp", "--csv-folder", "--no-probe", "--ca-file", "--scope none", "--delta", "--auth bearer", "--auth oauth1-sha1", "--auth oauth1-sha256" })
            Assert.Contains(documented, form => form.Command.Contains(way, StringComparison.Ordinal));

        var wrong = new List<string>();
        var tried = new HashSet<string>();
        var read = new HashSet<string>();
        foreach (var (page, command) in documented)
        {
            // Forms that differ in made-up names alone are one.
            var arguments = Arguments(command);
            if (!tried.Add(string.Join('\n', arguments)))
                continue;
            var ended = await RunAsync(arguments);
            var kind = arguments.First(argument => argument is "--base-url" or "--sftp" or "--csv-folder");
            if (ended.ExitCode == 0 && read.Add(kind))
                ended = await RunAsync("roster", "sync", District, "--dry-run");
            if (ended.ExitCode != 0)
                wrong.Add($"{page}: {command}\n  {ended.Error}{ended.Output}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<(string Page, string Command)> Documented() =>
        from page in Repository.Files("*.md", "docs").Append("README.md")
        from Match match in Shown().Matches(Repository.Read(page).Replace("\\\n", " ", StringComparison.Ordinal))
        let command = match.Groups["command"].Value.Trim()
        // In a sentence, the name of the command alone.
        where command.Contains(" --", StringComparison.Ordinal)
        select (page, command);

    /// <summary>The words of a command, with what is made up in the documentation exchanged.</summary>
    private string[] Arguments(string command)
    {
        var words = Word().Matches(command).Select(word => word.Value.Trim('\'', '"')).ToList();
        Assert.Equal(["roster", "connect"], words.Take(2));
        words[2] = District;
        var url = server.Urls.First();
        Exchange(words, "--base-url", given => url + new Uri(given).AbsolutePath);
        Exchange(words, "--token-url", _ => url + "/token");
        Exchange(words, "--client-id", _ => sis.ClientId);
        Exchange(words, "--secret-file", _ => PathOf("secret"));
        Exchange(words, "--key-file", _ => PathOf("key"));
        Exchange(words, "--ca-file", _ => PathOf("ca.pem"));
        Exchange(words, "--host-key", _ => sftp.HostKey);
        Exchange(words, "--sftp", _ => sftp.Address);
        Exchange(words, "--csv-folder", _ => sftp.Folder);
        sis.Faults.Lasting = new LastingFaults
        {
            NoScopes = ValueOf(words, "--scope") == "none",
            Authorization = ValueOf(words, "--auth") switch
            {
                "bearer" => SisAuthorization.StaticToken,
                "oauth1-sha1" => SisAuthorization.OAuth1Sha1,
                "oauth1-sha256" => SisAuthorization.OAuth1Sha256,
                _ => SisAuthorization.OAuth2,
            },
        };
        return [.. words];
    }

    private static string? ValueOf(List<string> words, string option) => words.IndexOf(option) is var at and >= 0 ? words[at + 1] : null;

    private static void Exchange(List<string> words, string option, Func<string, string> other)
    {
        if (words.IndexOf(option) is var at and >= 0)
            words[at + 1] = other(words[at + 1]);
    }

    private string PathOf(string name) => Path.Combine(folder.Path, name);

    private Task<Ended> RunAsync(params string[] arguments) => InProcessCommand.RunAsync(
        new Dictionary<string, string?>
        {
            ["ConnectionStrings__Gateway"] = database.OwnerConnectionString,
            ["Gateway__MasterKeyFile"] = PathOf("master.key"),
            ["Gateway__DataDirectory"] = PathOf("data"),
            ["Gateway__AllowPrivateNetworks"] = "true",
        }, arguments);

    // A line of a code block, or a piece of code in a sentence.
    [GeneratedRegex(@"(?m)(^(gateway )|`(gateway )?)(?<command>roster connect (?!-)[^`\n]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Shown();

    [GeneratedRegex(@"'[^']*'|""[^""]*""|\S+")]
    private static partial Regex Word();
}
