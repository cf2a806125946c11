using System.CommandLine;
using Gateway.Rostering;

namespace Gateway.Commands;

/// <summary><c>roster settings</c></summary>
internal static class RosterSettingsCommands
{
    public static Command Settings()
    {
        var removed = new Option<decimal?>("--removed") { Description = "Wait for approval when more than this share of a type would go (default 10).", HelpName = "PERCENT" };
        var changed = new Option<decimal?>("--changed") { Description = "Wait when more than this share of a type would change (default 75).", HelpName = "PERCENT" };
        var merged = new Option<decimal?>("--merged") { Description = "Wait when more than this share of the people would become one with another, or be split again (default 1).", HelpName = "PERCENT" };
        var mergedPeople = new Option<int?>("--merged-people") { Description = "The same as a number of people (default 5).", HelpName = "NUMBER" };
        var ahead = new Option<string>("--additions-ahead") { Description = "Apply what a waiting run adds at once, or not.", HelpName = "on|off" };
        ahead.AcceptOnlyFromAmong("on", "off");
        var schools = Several("--school", "Take in this school only (its sourcedId), repeatable; all: every school.", "ID|all");
        var grades = Several("--grade", "Take in students of this grade only, repeatable; all: every grade.", "GRADE|all");
        var types = Several("--class-type", "Take in classes of this type only: scheduled, homeroom, other; all: every type.", "TYPE|all");
        var terms = new Option<string>("--current-terms") { Description = "Take in classes of terms that are current, give or take so many days; all: every term.", HelpName = "DAYS|all" };
        var same = new Option<string>("--same-person")
        {
            Description = "What makes several records one person: none, master-identifier, identifier (where the district has accepted that it is read), or the part of the sourcedId after (before) a character.",
            HelpName = "none|master-identifier|identifier|after:C|before:C",
        };
        var follow = new Option<string>("--follow-platform")
        {
            Description = "A new account of a platform joins the record of its SIS id, though another account of that platform has it; only where the platform alone sets that id.",
            HelpName = "on|off",
        };
        follow.AcceptOnlyFromAmong("on", "off");
        return new Command("settings", "What a run may do by itself, whom it takes in, and who is one person; shows them when nothing is given.")
        {
            DistrictCommands.District, removed, changed, merged, mergedPeople, ahead, schools, grades, types, terms, same, follow,
        }.RunsForDistrict(async (invocation, district) =>
        {
            var parsed = invocation.Parsed;
            var command = new RosterSettingsCommand
            {
                RemovedPercent = parsed.GetValue(removed),
                ChangedPercent = parsed.GetValue(changed),
                MergedPercent = parsed.GetValue(merged),
                MergedPeople = parsed.GetValue(mergedPeople),
                AdditionsAhead = parsed.GetValue(ahead) is { } answer ? answer == "on" : null,
                Schools = Given(parsed, schools),
                Grades = Given(parsed, grades),
                ClassTypes = Given(parsed, types),
                CurrentTerms = parsed.GetValue(terms),
                SamePerson = parsed.GetValue(same),
                FollowPlatform = parsed.GetValue(follow) is { } followed ? followed == "on" : null,
            };
            var store = invocation.Get<RosterSettingsStore>();
            if (command == new RosterSettingsCommand())
                return await ShowAsync(invocation, store, district.Id, await store.GetAsync(district.Id, invocation.Cancellation));
            var changedTo = await store.ChangeAsync(district.Id, command, invocation.Cancellation);
            return changedTo.Succeeded ? await ShowAsync(invocation, store, district.Id, changedTo.Value) : invocation.Output.Failed(changedTo.Failures);
        });
    }

    private static async Task<int> ShowAsync(Invocation invocation, RosterSettingsStore store, int district, RosterSettings settings)
    {
        var (_, never) = await store.FollowableAsync(district, invocation.Cancellation);
        return invocation.Output.Done(
            new
            {
                settings.RemovedPercent,
                settings.ChangedPercent,
                settings.MergedPercent,
                settings.MergedPeople,
                settings.AdditionsAhead,
                schools = settings.Schools?.Count,
                settings.Grades,
                settings.ClassTypes,
                settings.TermMarginDays,
                samePerson = settings.OnePerson,
                settings.FollowPlatform,
                neverFollowed = never,
            },
            $"waits for approval  above {settings.RemovedPercent:0.##} % removed or {settings.ChangedPercent:0.##} % changed of a type; additions {(settings.AdditionsAhead ? "go ahead" : "wait too")}",
            $"                    above {settings.MergedPercent:0.##} % or {settings.MergedPeople} people made one, or split again",
            $"schools             {(settings.Schools is { } schools ? $"{schools.Count} chosen (held as pseudonyms)" : "all")}",
            $"grades              {(settings.Grades is { } grades ? string.Join(", ", grades) : "all")}",
            $"class types         {(settings.ClassTypes is { } types ? string.Join(", ", types) : "all")}",
            $"terms               {(settings.TermMarginDays is { } days ? $"current, give or take {days} days" : "all")}",
            $"one person          {settings.OnePerson}",
            $"follow platform     {(settings.FollowPlatform ? "on" : "off")}{(settings.FollowPlatform && never.Count > 0 ? $"; not platform {string.Join(", ", never)}, where a link's author may set the SIS id" : "")}");
    }

    private static Option<string[]> Several(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help, AllowMultipleArgumentsPerToken = true };

    private static IReadOnlyList<string>? Given(ParseResult parsed, Option<string[]> option) => parsed.GetResult(option) is null ? null : parsed.GetValue(option);
}
