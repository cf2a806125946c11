using System.CommandLine;
using Gateway.Rostering;

namespace Gateway.Commands;

/// <summary><c>roster settings</c></summary>
internal static class RosterSettingsCommands
{
    public static Command Create()
    {
        var removed = new Option<decimal?>("--removed") { Description = "Wait for approval when more than this share of a type would go (default 10).", HelpName = "PERCENT" };
        var changed = new Option<decimal?>("--changed") { Description = "Wait when more than this share of a type would change (default 75).", HelpName = "PERCENT" };
        var ahead = new Option<string>("--additions-ahead") { Description = "Apply what a waiting run adds at once, or not.", HelpName = "on|off" };
        ahead.AcceptOnlyFromAmong("on", "off");
        var schools = Several("--school", "Take in this school only (its sourcedId), repeatable; all: every school.", "ID|all");
        var grades = Several("--grade", "Take in students of this grade only, repeatable; all: every grade.", "GRADE|all");
        var types = Several("--class-type", "Take in classes of this type only: scheduled, homeroom, other; all: every type.", "TYPE|all");
        var terms = new Option<string>("--current-terms") { Description = "Take in classes of terms that are current, give or take so many days; all: every term.", HelpName = "DAYS|all" };
        var same = new Option<string>("--same-person")
        {
            Description = "What makes several records one person: none, master-identifier, or the part of the sourcedId after (before) a character.",
            HelpName = "none|master-identifier|after:C|before:C",
        };
        return new Command("settings", "What a run may do by itself, whom it takes in, and who is one person; shows them when nothing is given.")
        {
            DistrictCommands.District, removed, changed, ahead, schools, grades, types, terms, same,
        }.RunsForDistrict(async (invocation, district) =>
        {
            var parsed = invocation.Parsed;
            var command = new RosterSettingsCommand
            {
                RemovedPercent = parsed.GetValue(removed),
                ChangedPercent = parsed.GetValue(changed),
                AdditionsAhead = parsed.GetValue(ahead) is { } answer ? answer == "on" : null,
                Schools = Given(parsed, schools),
                Grades = Given(parsed, grades),
                ClassTypes = Given(parsed, types),
                CurrentTerms = parsed.GetValue(terms),
                SamePerson = parsed.GetValue(same),
            };
            var store = invocation.Get<RosterSettingsStore>();
            if (command == new RosterSettingsCommand())
                return Show(invocation, await store.GetAsync(district.Id, invocation.Cancellation));
            var changedTo = await store.ChangeAsync(district.Id, command, invocation.Cancellation);
            return changedTo.Succeeded ? Show(invocation, changedTo.Value) : invocation.Output.Failed(changedTo.Failures);
        });
    }

    private static int Show(Invocation invocation, RosterSettings settings) => invocation.Output.Done(
        new
        {
            settings.RemovedPercent,
            settings.ChangedPercent,
            settings.AdditionsAhead,
            schools = settings.Schools?.Count,
            settings.Grades,
            settings.ClassTypes,
            settings.TermMarginDays,
            samePerson = settings.SamePerson.ToString(),
        },
        $"waits for approval  above {settings.RemovedPercent:0.##} % removed or {settings.ChangedPercent:0.##} % changed of a type; additions {(settings.AdditionsAhead ? "go ahead" : "wait too")}",
        $"schools             {(settings.Schools is { } schools ? $"{schools.Count} chosen (held as pseudonyms)" : "all")}",
        $"grades              {(settings.Grades is { } grades ? string.Join(", ", grades) : "all")}",
        $"class types         {(settings.ClassTypes is { } types ? string.Join(", ", types) : "all")}",
        $"terms               {(settings.TermMarginDays is { } days ? $"current, give or take {days} days" : "all")}",
        $"one person          {settings.SamePerson}");

    private static Option<string[]> Several(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help, AllowMultipleArgumentsPerToken = true };

    private static IReadOnlyList<string>? Given(ParseResult parsed, Option<string[]> option) => parsed.GetResult(option) is null ? null : parsed.GetValue(option);
}
