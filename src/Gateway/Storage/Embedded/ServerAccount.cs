using System.Globalization;

namespace Gateway.Storage.Embedded;

/// <summary>The OS account that owns the cluster and runs PostgreSQL: our own, or <c>postgres</c> when we are root.</summary>
internal sealed class ServerAccount
{
    private readonly string[] _switch;

    private ServerAccount(string? name, string[] switchCommand) => (Name, _switch) = (name, switchCommand);

    /// <summary>Null when it is our own account.</summary>
    public string? Name { get; }

    public static async Task<Attempt<ServerAccount>> FindAsync(CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return new ServerAccount(null, []);

        const string name = "postgres";
        var id = await ChildProcess.RunAsync(["id", "-g", name], cancellationToken);
        if (id.ExitCode != 0 || !int.TryParse(id.Output.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var group))
            return EmbeddedPostgresFailure.NoUnprivilegedAccount;
        if (ChildProcess.Find("setpriv") is { } setpriv)
        {
            string[] command = [setpriv, "--reuid=" + name, string.Create(CultureInfo.InvariantCulture, $"--regid={group}"), "--init-groups", "--"];
            return new ServerAccount(name, command);
        }

        return ChildProcess.Find("runuser") is { } runuser
            ? new ServerAccount(name, [runuser, "-u", name, "--"])
            : EmbeddedPostgresFailure.NoUnprivilegedAccount;
    }

    public Task<ChildProcessResult> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        ChildProcess.RunAsync([.. _switch, .. command], cancellationToken);

    /// <summary>Runs a shell script; <paramref name="arguments"/> are <c>$1</c>, <c>$2</c>, …</summary>
    public Task<ChildProcessResult> RunScriptAsync(string script, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync([ChildProcess.Shell, "-c", script, "gateway", .. arguments], cancellationToken);

    /// <summary>Hands a file or directory of ours to the account.</summary>
    public async Task TakeOverAsync(string path, CancellationToken cancellationToken)
    {
        if (Name is not null)
            await ChildProcess.RunAsync(["chown", Name + ":", path], cancellationToken);
    }
}
