using System.CommandLine;
using Gateway.Storage;

namespace Gateway.Commands;

/// <summary><c>migrate</c>: brings the schema up to date and ends. Starting the gateway does the same; this is for doing it beforehand.</summary>
internal static class MigrateCommand
{
    public static Command Create() => new Command("migrate", "Bring the database's schema and rights up to date.")
        .Runs(invocation => Task.FromResult(invocation.Get<OpenedStorage>().IsOwners
            ? invocation.Output.Done(new { migrated = true }, "The schema and the rights are up to date.")
            : invocation.Output.Failed([new(
                "storage.not_owner",
                "ConnectionStrings__Gateway is not the owner's: the schema is what this version needs, but its role may not change anything. Give migrate the owner's.")])));
}
