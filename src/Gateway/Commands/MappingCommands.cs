using System.CommandLine;
using System.Globalization;
using Gateway.Engine;
using Gateway.Privacy;
using Gateway.Storage.Model;

namespace Gateway.Commands;

/// <summary><c>client enable|disable|fields</c>: what a district gives to an engine.</summary>
internal static class MappingCommands
{
    private const int PreviewRows = 5;
    private static readonly Argument<string> Client = new("id") { Description = "The engine's client id.", HelpName = "ID" };
    private static readonly Option<string> By = new("--by") { Description = "Name of the adult who decides.", HelpName = "NAME" };

    public static Command Enable()
    {
        var launches = new Option<bool>("--launches") { Description = "Hand the district's people over to this engine from now on." };
        return new Command("enable", "Let an engine see a district: role and class membership, unless more is given.") { DistrictCommands.District, Client, launches, By }
            .RunsForDistrict((invocation, district) => ChangeAsync(
                invocation, district, WishOf(invocation) with { Enabled = true, TakesLaunches = invocation.Parsed.GetValue(launches) }));
    }

    public static Command Disable() =>
        new Command("disable", "Take a district away from an engine; its people are not handed over to it either.") { DistrictCommands.District, Client, By }
            .RunsForDistrict((invocation, district) => ChangeAsync(invocation, district, WishOf(invocation) with { Enabled = false }));

    public static Command Fields()
    {
        var give = new Option<string>("--give") { Description = $"All that is given besides class membership, separated by commas, or none: {string.Join(", ", SharedFields.All)}.", HelpName = "FIELDS|none" };
        var roles = Several("--role", "The engine's word for a role, repeatable; without WORD the gateway's.", "student|teacher=WORD");
        var grades = Several("--grade", "The engine's word for a grade of the roster, repeatable; without WORD the roster's.", "GRADE=WORD");
        var preview = new Option<bool>("--preview") { Description = "Change nothing; show some rows as the engine would be given them." };
        return new Command("fields", "What a district gives to an engine, and in which words; shows it, and who decided when, if nothing is given.")
        {
            DistrictCommands.District, Client, give, roles, grades, By, preview,
        }.RunsForDistrict(async (invocation, district) =>
        {
            var parsed = invocation.Parsed;
            var wish = WishOf(invocation) with
            {
                Fields = parsed.GetValue(give) switch { null => null, "none" => [], var list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) },
                RoleWords = parsed.GetResult(roles) is null ? null : parsed.GetValue(roles),
                GradeWords = parsed.GetResult(grades) is null ? null : parsed.GetValue(grades),
            };
            if (parsed.GetValue(preview))
                return await PreviewAsync(invocation, district, wish);
            return wish is { Fields: null, RoleWords: null, GradeWords: null }
                ? await ShowAsync(invocation, district, wish)
                : await ChangeAsync(invocation, district, wish);
        });
    }

    private static MappingWish WishOf(Invocation invocation) => new(invocation.Parsed.GetValue(Client)!, invocation.Parsed.GetValue(By));

    private static async Task<int> ChangeAsync(Invocation invocation, District district, MappingWish wish)
    {
        var choices = invocation.Get<EngineChoices>();
        var before = await choices.OfAsync(district.Id, invocation.Cancellation);
        var changed = await invocation.Get<ChangeMapping>().RunAsync(district.Id, wish, invocation.Cancellation);
        if (!changed.Succeeded)
            return invocation.Output.Failed(changed.Failures);
        var after = await choices.OfAsync(district.Id, invocation.Cancellation);
        return invocation.Output.Done(
            Shape(changed.Value, before, after),
            [
                Line(district, wish.ClientId, changed.Value),
                .. before.Where(Has).Select(choice => $"  before: {Words(choice)}"),
                .. after.Where(Has).Select(choice => $"  now:    {Words(choice)}"),
            ]);
    }

    private static bool Has(EngineChoice choice) => choice.Launches || choice.Fields is not null;

    private static string Words(EngineChoice choice) =>
        $"{choice.ClientId}: {(choice.Fields is { } fields ? Words(fields) : "nothing")}{(choice.Launches ? "; launches" : "")}{(choice.Decided ? "" : " (nobody decided it: it is the district's own engine)")}";

    private static async Task<int> ShowAsync(Invocation invocation, District district, MappingWish wish)
    {
        var shown = await invocation.Get<PreviewMapping>().RunAsync(district, wish, PreviewRows, invocation.Cancellation);
        if (!shown.Succeeded)
            return invocation.Output.Failed(shown.Failures);
        var history = await invocation.Get<FieldMappings>().HistoryAsync(district.Id, wish.ClientId, invocation.Cancellation);
        return invocation.Output.Done(
            new { mapping = Shape(shown.Value.Mapping), history = history.Select(row => new { row.Version, row.Enabled, row.Fields, row.AgreementVersion, row.ChangedBy, row.ChangedAt }) },
            [
                Line(district, wish.ClientId, shown.Value.Mapping),
                .. history.Select(row => string.Create(CultureInfo.InvariantCulture,
                    $"  version {row.Version}  {row.ChangedAt:yyyy-MM-dd HH:mm}Z  {row.ChangedBy}: {(row.Enabled ? Words(row.Fields) : "nothing")} (agreement {row.AgreementVersion})")),
            ]);
    }

    private static async Task<int> PreviewAsync(Invocation invocation, District district, MappingWish wish)
    {
        var preview = await invocation.Get<PreviewMapping>().RunAsync(district, wish, PreviewRows, invocation.Cancellation);
        if (!preview.Succeeded)
            return invocation.Output.Failed(preview.Failures);
        var seen = preview.Value;
        return invocation.Output.Done(
            new { mapping = Shape(seen.Mapping), seen.Classes, seen.Learners },
            [
                $"{wish.ClientId} would be given of {district.Slug}: {Words(seen.Mapping.Fields.Order().Select(SharedFields.WordOf))}",
                .. seen.Classes.Select(row => $"  class   {row.Id}  {Values(row.Title, row.Subjects, row.Grades, row.School)}"),
                .. seen.Learners.Select(row => $"  learner {row.Id}  {Values(row.Role, row.Grades)}"),
                "Titles, subjects, school names and grades that were not read so far come with the next roster run. Nothing was changed.",
            ]);
    }

    private static object Shape(FieldMapping mapping, IEnumerable<EngineChoice>? before = null, IEnumerable<EngineChoice>? after = null) => new
    {
        mapping.Version,
        mapping.Enabled,
        fields = mapping.Fields.Order().Select(SharedFields.WordOf),
        mapping.RoleWords,
        mapping.GradeWords,
        before,
        after,
    };

    private static string Line(District district, string client, FieldMapping mapping) => mapping.Enabled
        ? $"{district.Slug} gives {client}: {Words(mapping.Fields.Order().Select(SharedFields.WordOf))} (version {mapping.Version})"
        : $"{district.Slug} gives {client} nothing (version {mapping.Version})";

    private static string Words(IEnumerable<string> fields) => string.Join(", ", fields.Prepend("class membership"));

    private static string Values(params object?[] values) => string.Join("  ", values.Where(value => value is not null).Select(value => value is IEnumerable<string> several ? string.Join("/", several) : value));

    private static Option<string[]> Several(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help, AllowMultipleArgumentsPerToken = true };
}
