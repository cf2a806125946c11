using System.CommandLine;

namespace Gateway.Commands;

/// <summary><c>migrate</c>: brings the schema up to date and ends. Starting the gateway does the same; this is for doing it beforehand.</summary>
internal static class MigrateCommand
{
    public static Command Create() => new Command("migrate", "Bring the database's schema and rights up to date.")
        .Runs(invocation => Task.FromResult(invocation.Output.Done(new { migrated = true }, "The schema and the rights are up to date.")));
}
