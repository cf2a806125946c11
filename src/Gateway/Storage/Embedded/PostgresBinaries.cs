using System.Globalization;

namespace Gateway.Storage.Embedded;

/// <summary>One installed PostgreSQL: the directory of its programs, and its major version.</summary>
internal sealed record PostgresBinaries(string Directory, int MajorVersion)
{
    private const int OldestSupported = 15;

    public string this[string program] => Path.Combine(Directory, program);

    /// <summary>Every usable installation, the newest first.</summary>
    public static async Task<IReadOnlyList<PostgresBinaries>> FindAllAsync(
        IReadOnlyList<string>? directories, CancellationToken cancellationToken)
    {
        var found = new List<PostgresBinaries>();
        foreach (var directory in (directories ?? [.. UsualDirectories()]).Distinct())
        {
            var complete = new[] { "initdb", "pg_ctl", "postgres" }.All(program => File.Exists(Path.Combine(directory, program)));
            if (complete && await VersionAsync(Path.Combine(directory, "postgres"), cancellationToken) is >= OldestSupported and var version)
                found.Add(new PostgresBinaries(directory, version));
        }

        // A stable sort: of two of one version the distribution's comes before the one on the PATH.
        return [.. found.OrderByDescending(installation => installation.MajorVersion)];
    }

    private static IEnumerable<string> UsualDirectories()
    {
        foreach (var (parent, pattern) in new[]
        {
            ("/usr/lib/postgresql", "*"), ("/usr", "pgsql-*"), ("/opt/homebrew/opt", "postgresql*"), ("/usr/local/opt", "postgresql*"),
        })
        {
            if (!System.IO.Directory.Exists(parent))
                continue;
            foreach (var directory in System.IO.Directory.EnumerateDirectories(parent, pattern))
                yield return Path.Combine(directory, "bin");
        }

        // A program on the PATH may be a link into the directory where its companions are.
        foreach (var entry in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            var program = new FileInfo(Path.Combine(entry, "pg_ctl"));
            if (program.Exists)
                yield return (program.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? program.FullName)[..^"/pg_ctl".Length];
        }
    }

    // "postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)"; "18beta1" while not yet released.
    private static async Task<int?> VersionAsync(string postgres, CancellationToken cancellationToken)
    {
        var answer = await ChildProcess.RunAsync([postgres, "--version"], cancellationToken);
        var digits = string.Concat(answer.Output.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit));
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
    }
}
