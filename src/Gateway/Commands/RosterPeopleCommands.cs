using System.CommandLine;
using System.Globalization;
using Gateway.Privacy;
using Gateway.Rostering;
using Gateway.Storage.Model;

namespace Gateway.Commands;

/// <summary><c>roster people DISTRICT conflicts|find|join|split</c>: who became one with whom, in numbers.</summary>
internal static class RosterPeopleCommands
{
    public static Command People() => new("people", "People whose ids do not fit together: look, join, split.")
    {
        DistrictCommands.District, Conflicts(), Find(), Join(), Split(),
    };

    private static Command Conflicts()
    {
        var learner = new Option<long?>("--learner") { Description = "Only those of one learner.", HelpName = "NUMBER" };
        return new Command("conflicts", "Ids that lead to different people, and the joins that can be undone.") { learner }.RunsForDistrict(async (invocation, district) =>
        {
            var found = await invocation.Get<ListConflicts>().RunAsync(district.Id, invocation.Parsed.GetValue(learner), invocation.Cancellation);
            return invocation.Output.Done(
                new
                {
                    conflicts = found.Conflicts.Select(one => new
                    {
                        one.Id,
                        one.Reason,
                        platform = one.RegistrationId,
                        learner = one.LearnerId,
                        other = one.OtherId,
                        one.FirstSeen,
                        one.LastSeen,
                        times = one.Seen,
                    }),
                    joins = found.Joins.Select(one => new { one.Id, one.Cause, platform = one.RegistrationId, learner = one.KeptId, was = one.DroppedId, one.JoinedAt, until = UntilOf(one) }),
                },
                [
                    .. found.Conflicts.Select(one => string.Create(
                        CultureInfo.InvariantCulture,
                        $"conflict {one.Id}  {one.Reason,-13} learner {one.LearnerId}{(one.OtherId is { } other ? $", other {other}" : "")}{(one.RegistrationId is { } platform ? $", platform {platform}" : "")}, {one.Seen} times from {one.FirstSeen:yyyy-MM-dd} to {one.LastSeen:yyyy-MM-dd}")),
                    found.Conflicts.Count == 0 ? "no conflicts" : $"To join two: `roster people {district.Slug} join LEARNER OTHER`. Numbers of a person: `roster people {district.Slug} find`.",
                    .. found.Joins.Select(one => string.Create(
                        CultureInfo.InvariantCulture,
                        $"join {one.Id}  by {one.Cause,-8} {(one.DroppedId is { } dropped ? $"{dropped} became part of {one.KeptId}" : $"an account was attached to {one.KeptId}")}{(one.RegistrationId is { } platform ? $", platform {platform}" : "")}, {one.JoinedAt:yyyy-MM-dd HH:mm}Z, can be undone until {UntilOf(one):yyyy-MM-dd}")),
                ]);
        });
    }

    private static Command Find()
    {
        var person = new PersonOptions();
        return person.AddTo(new Command("find", "The number of the learner that an id leads to.")).RunsForDistrict(async (invocation, district) =>
        {
            var id = await person.ReadAsync(invocation);
            if (!id.Succeeded)
                return invocation.Output.Failed(id.Failures);
            var found = await invocation.Get<FindLearner>().RunAsync(district, id.Value, invocation.Cancellation);
            return found.Succeeded ? invocation.Output.Done(new { learner = found.Value }, $"learner {found.Value}") : invocation.Output.Failed(found.Failures);
        });
    }

    private static Command Join()
    {
        var one = new Argument<long>("learner") { Description = "A learner's number.", HelpName = "LEARNER" };
        var other = new Argument<long>("other") { Description = "The other's.", HelpName = "OTHER" };
        var confirm = new Option<bool>("--confirm") { Description = "Join them though the rule would not: you know that they are one person." };
        return new Command("join", "Make one of two who are one person; never of a teacher and a student.") { one, other, confirm }.RunsForDistrict(async (invocation, district) =>
        {
            var parsed = invocation.Parsed;
            var joined = await invocation.Get<JoinPeople>().RunAsync(district.Id, parsed.GetValue(one), parsed.GetValue(other), parsed.GetValue(confirm), invocation.Cancellation);
            if (!joined.Succeeded)
                return invocation.Output.Failed(joined.Failures);
            var (join, kept, dropped, reasons) = joined.Value;
            var shape = new { join, learner = kept, was = dropped, against = reasons };
            return join is null
                ? invocation.Output.Waiting(
                    shape,
                    [
                        .. reasons.Select(WordsOf),
                        $"With --confirm {dropped} becomes part of {kept}: both accounts then lead to one record, with the classes, launches and scores of both; engines are told that {dropped} is {kept}.",
                        "It can be undone for 30 days.",
                    ])
                : invocation.Output.Done(shape, $"{dropped} is part of {kept} from now on. To undo it within 30 days: `roster people {district.Slug} split {join}`.");
        });
    }

    private static Command Split()
    {
        var join = new Argument<long>("join") { Description = "The join's number, as `conflicts` shows it.", HelpName = "JOIN" };
        return new Command("split", "Undo a join of the last 30 days; the two stay apart from then on.") { join }.RunsForDistrict(async (invocation, district) =>
        {
            var split = await invocation.Get<SplitPeople>().RunAsync(district.Id, invocation.Parsed.GetValue(join), invocation.Cancellation);
            return split.Succeeded
                ? invocation.Output.Done(
                    new { learner = split.Value.Learner, from = split.Value.From },
                    $"{split.Value.Learner} is a learner of its own again, apart from {split.Value.From}, until somebody joins them. Engines are told by a change of kind split.")
                : invocation.Output.Failed(split.Failures);
        });
    }

    private static DateTimeOffset UntilOf(LearnerJoin join) => join.JoinedAt + SplitPeople.Undoable;

    private static string WordsOf(string reason) => reason switch
    {
        "subject_taken" => "Both have an account of one platform, or one whose platform is not known yet: two people, unless an account was made anew there.",
        "sis_differs" => "Both have a SIS id: two people on the roster, unless the student information system has one person twice.",
        "split" => "Somebody has split them.",
        _ => reason,
    };
}
