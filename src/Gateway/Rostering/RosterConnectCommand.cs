using OneRoster.Rest;

namespace Gateway.Rostering;

/// <summary>
/// Where a district's roster is to come from: a OneRoster server (<see cref="BaseUrl"/> and what belongs to it) or a folder where
/// archives are dropped (<see cref="CsvFolder"/>), or an SFTP server (<see cref="SftpAddress"/>). The secret is the client secret or the
/// token, as bytes in UTF-8.
/// </summary>
internal sealed record RosterConnectCommand(int District)
{
    /// <summary><c>1.1</c> or <c>1.2</c>; null where the probe finds it.</summary>
    public string? Version { get; init; }

    public string? BaseUrl { get; init; }

    public string? TokenUrl { get; init; }

    public string? ClientId { get; init; }

    public byte[]? Secret { get; init; }

    /// <summary>One of <see cref="RosterAuth.Names"/>; null for OAuth 2.</summary>
    public string? Auth { get; init; }

    /// <summary>The OAuth 2 scope; null for the least of the version, <c>none</c> for none.</summary>
    public string? Scope { get; init; }

    /// <summary>PEM: the authorities that vouch for the server beside those that the machine trusts; null for none.</summary>
    public string? CaCertificates { get; init; }

    /// <summary>Whether runs between the weekly full ones ask for changes only .</summary>
    public bool Delta { get; init; }

    /// <summary>Whether the server is asked before it is stored, which also corrects the base URL and the version.</summary>
    public bool Probe { get; init; }

    public string? CsvFolder { get; init; }

    /// <summary>A cron expression with seconds, in the district's time zone; null for one of the night hours.</summary>
    public string? Schedule { get; init; }

    /// <summary><c>sftp://user@host:port/path</c>; the secret is then the private key.</summary>
    public string? SftpAddress { get; init; }

    /// <summary>The public key that the SFTP server has to show.</summary>
    public string? SftpHostKey { get; init; }

    public bool IsSftp => SftpAddress is not null;

    public bool IsCsv => CsvFolder is not null;

    public bool IsRest => !IsSftp && !IsCsv;

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"Roster of district {District}";
}

/// <summary>A field of a command that cannot be: which one, a stable code, and what it should be.</summary>
internal sealed record RosterConnectProblem(string Field, string Code, string Text);

/// <summary>What came of connecting: the schedule that holds now, or every problem.</summary>
internal sealed record RosterConnectOutcome(string? Schedule, IReadOnlyList<RosterConnectProblem> Problems)
{
    /// <summary>What the server was found to be, if it was probed.</summary>
    public RosterServerFacts? Found { get; init; }

    public bool Connected => Problems.Count == 0;
}
