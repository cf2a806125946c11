using System.Collections.Frozen;
using OneRoster.Validation;

namespace Gateway.Rostering;

/// <summary>
/// The failures that may be gone in an hour without anybody doing anything. Every other one needs a person and is reported at
/// once: a secret that is refused stays refused, a broken file stays broken.
/// </summary>
internal static class RetryableFailures
{
    public static readonly FrozenSet<string> Codes = new[]
    {
        RosterFailures.Unavailable,
        RosterFailures.ConnectionLost,
        // Name servers are away for an hour, too.
        RosterFailures.NameUnknown,
        RosterFailures.TooSlow,
        // Somebody edits it just now.
        RosterFailures.ChangedWhileRead,
        RosterFailures.RowsMissing,
        // Half an answer, or the page of a maintenance in place of one.
        RosterFailures.JsonTruncated,
        RosterFailures.WrongContentType,
        // The nightly export is late, or its disk is away.
        RosterCodes.FolderEmpty,
        RosterCodes.FolderMissing,
        RosterCodes.Unreadable,
        SftpCodes.Unreachable,
        SftpCodes.TimedOut,
        SftpCodes.NotFound,
        SftpCodes.Incomplete,
        // Another run of the district goes on, or belongs to a process that hangs.
        RosterCodes.AlreadyRunning,
        // The database may have been away.
        RosterCodes.Broken,
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string code) => Codes.Contains(code);
}
