namespace Gateway.Storage.Embedded;

/// <summary>Why the private cluster cannot be used: a stable code, and a message that tells an operator what to do.</summary>
internal sealed record EmbeddedPostgresFailure(string Code, string Message)
{
    public static readonly EmbeddedPostgresFailure BinariesMissing = new(
        "postgres.binaries_missing",
        "PostgreSQL 15 or newer was not found. Install it with: apt-get install -y postgresql (Debian, Ubuntu), "
            + "dnf install -y postgresql-server (Fedora, RHEL), or brew install postgresql@17 (macOS); "
            + "or set ConnectionStrings__Gateway to a server of your own.");

    public static readonly EmbeddedPostgresFailure UnsupportedSystem = new(
        "postgres.unsupported_system",
        "A private PostgreSQL needs Linux or macOS. On Windows set ConnectionStrings__Gateway to a server of your own, or use WSL.");

    public static readonly EmbeddedPostgresFailure FlockMissing = new(
        "postgres.flock_missing",
        "The flock command was not found. Install it with: apt-get install -y util-linux (Debian, Ubuntu), "
            + "dnf install -y util-linux-core (Fedora, RHEL), or brew install flock (macOS).");

    public static readonly EmbeddedPostgresFailure NoUnprivilegedAccount = new(
        "postgres.no_unprivileged_account",
        "PostgreSQL does not run as root, and there is no OS user postgres (or neither setpriv nor runuser) to run it as. "
            + "Start the gateway as an ordinary user, or install the distribution's postgresql package.");

    public static readonly EmbeddedPostgresFailure Busy = new(
        "postgres.busy",
        "Another process of this checkout has been starting or stopping its PostgreSQL for minutes. Look at server.log beside the cluster.");

    public static readonly EmbeddedPostgresFailure PasswordMissing = new(
        "postgres.password_missing",
        "The cluster is there, but the password file beside it is missing or no longer fits. Restore it, or move the cluster away to begin anew.");

    public static EmbeddedPostgresFailure NotAccessible(string directory) => new(
        "postgres.data_not_accessible",
        $"The directory {directory} cannot be written. It may have been created by another user, e.g. by root.");

    public static EmbeddedPostgresFailure DataFromOtherVersion(int dataVersion) => new(
        "postgres.data_from_other_version",
        $"The cluster was created by PostgreSQL {dataVersion}, which is not installed. Install that version, or pg_dump there and restore here.");

    public static EmbeddedPostgresFailure InitFailed(string tail) => new(
        "postgres.init_failed", "initdb could not create the cluster:" + Environment.NewLine + tail);

    public static EmbeddedPostgresFailure SocketDirectoryTaken(string directory) => new(
        "postgres.socket_directory_taken", $"{directory} is not a private directory of the account that runs PostgreSQL. Remove it.");

    public static EmbeddedPostgresFailure StartFailed(string tail) => new(
        "postgres.start_failed", "PostgreSQL did not start. Its log says:" + Environment.NewLine + tail);
}
