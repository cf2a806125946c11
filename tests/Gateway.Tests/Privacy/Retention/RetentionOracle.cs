using System.Globalization;

namespace Gateway.Tests.Privacy.Retention;

/// <summary>
/// What must be gone after a day's run and what must still be there, written from the words of P-2 and from nothing else. "A year later" is
/// the same date a year on; where that month has no such day, the first of the next: nothing goes early.
/// </summary>
internal sealed class RetentionOracle(Facts facts)
{
    /// <summary>The day that lies so many months after another.</summary>
    public static DateOnly After(DateOnly day, int months)
    {
        var month = day.Month - 1 + months;
        var first = new DateOnly(day.Year + (month / 12), (month % 12) + 1, 1);
        return day.Day <= DateTime.DaysInMonth(first.Year, first.Month) ? first.AddDays(day.Day - 1) : first.AddMonths(1);
    }

    public void Keep(DateTimeOffset now)
    {
        // P-2.7: gone when expired.
        facts.Spent.RemoveAll(spent => now > spent.Expires);
        foreach (var district in facts.Districts.ToList())
        {
            var today = district.DayAt(now);
            // P-2.8: 30 days in which it can export, then everything.
            if (district.ContractEnd is { } end && today > end.AddDays(30))
                Forget(district);
            else
                Keep(district, today, now);
        }
    }

    private void Keep(DistrictFact district, DateOnly today, DateTimeOffset now)
    {
        var id = district.Id;
        // P-2.4: one year.
        facts.Launches.RemoveAll(launch => launch.District == id && IsPast(launch.At, 12, now));
        facts.Scores.RemoveAll(score => score.District == id && IsPast(score.At, 12, now));

        // P-2.3: one year after the class's end; whoever is left without a class is unlinked on that day.
        foreach (var gone in facts.Classes.Values.Where(@class => @class.District == id && After(EndOf(@class), 12) <= today).ToList())
        {
            facts.Classes.Remove(gone.Id);
            facts.Enrollments.RemoveAll(enrollment => enrollment.Class == gone.Id && Unlink(enrollment));
        }

        foreach (var term in facts.Terms.Values.Where(term => term.District == id && After(Earlier(term.Left, term.Ends), 12) <= today).ToList())
            if (!facts.Classes.Values.Any(@class => @class.Terms.Contains(term.Id)))
                facts.Terms.Remove(term.Id);
        foreach (var school in facts.Schools.Values.Where(school => school.District == id && school.Left is { } left && After(left, 12) <= today).ToList())
            if (!facts.Classes.Values.Any(@class => @class.School == school.Id))
                facts.Schools.Remove(school.Id);

        // P-2.1, and P-2.2: teachers never by the clock.
        foreach (var learner in facts.Learners.Values.Where(learner => learner.District == id && learner.IsStudent && IsDue(learner, district, today)).ToList())
            Forget(learner);

        // P-2.5: well within 90 days.
        district.Purged = district.Feed.Where(day => now > day.At.AddDays(31)).Select(day => day.Last).Append(district.Purged).Max();
        facts.Runs.RemoveAll(run => run.District == id && run.State != "running" && now > run.At.AddDays(90));
        foreach (var run in facts.Runs.Where(run => run.District == id && run.State == "waiting" && now > run.At.AddDays(14)))
            run.State = "expired";
        facts.Alerts.RemoveAll(alert => alert.District == id && !alert.IsPending && now > alert.At.AddDays(90));
        facts.Events.RemoveAll(@event => @event.District == id && @event.State switch
        {
            "delivered" => now > @event.At.AddDays(30),
            "dead" => now > @event.At.AddDays(90),
            _ => false,
        });

        bool Unlink(EnrollmentFact enrollment)
        {
            var learner = facts.Learners[enrollment.Learner];
            if (enrollment.IsCurrent && learner.OnRoster
                && !facts.Enrollments.Any(other => other != enrollment && other.Learner == learner.Id && other.IsCurrent && facts.Classes.ContainsKey(other.Class)))
                (learner.OnRoster, learner.Unlinked) = (false, today);
            return true;
        }
    }

    private static bool IsDue(LearnerFact learner, DistrictFact district, DateOnly today)
    {
        if (!learner.OnRoster && learner.Unlinked is { } unlinked && After(Later(unlinked, learner.LastLaunch), 1) <= today)
            return true;
        var active = Later(learner.LastSeen, learner.LastLaunch);
        if (learner.OnRoster)
            active = Later(active, district.LastRoster);
        return After(active, 24) <= today;
    }

    private DateOnly EndOf(ClassFact @class) => Earlier(@class.Left, @class.Terms.Max(term => facts.Terms[term].Ends));

    private static DateOnly Later(DateOnly one, DateOnly? other) => other > one ? other.Value : one;

    private static DateOnly Earlier(DateOnly? one, DateOnly other) => one < other ? one.Value : other;

    private static bool IsPast(DateTimeOffset at, int months, DateTimeOffset now) =>
        now >= new DateTimeOffset(After(DateOnly.FromDateTime(at.UtcDateTime), months).ToDateTime(TimeOnly.FromDateTime(at.UtcDateTime)), TimeSpan.Zero);

    private void Forget(LearnerFact learner)
    {
        facts.Learners.Remove(learner.Id);
        facts.Launches.RemoveAll(launch => launch.Learner == learner.Id);
        facts.Scores.RemoveAll(score => score.Learner == learner.Id);
        facts.Enrollments.RemoveAll(enrollment => enrollment.Learner == learner.Id);
    }

    private void Forget(DistrictFact district)
    {
        var id = district.Id;
        foreach (var learner in facts.Learners.Values.Where(learner => learner.District == id).ToList())
            Forget(learner);
        foreach (var @class in facts.Classes.Values.Where(@class => @class.District == id).ToList())
            facts.Classes.Remove(@class.Id);
        foreach (var term in facts.Terms.Values.Where(term => term.District == id).ToList())
            facts.Terms.Remove(term.Id);
        foreach (var school in facts.Schools.Values.Where(school => school.District == id).ToList())
            facts.Schools.Remove(school.Id);
        facts.Runs.RemoveAll(run => run.District == id);
        facts.Alerts.RemoveAll(alert => alert.District == id);
        facts.Events.RemoveAll(@event => @event.District == id);
        facts.Spent.RemoveAll(spent => spent.District == id);
        facts.Districts.Remove(district);
    }

    /// <summary>Everything that must be there, a line a row, as <see cref="RetentionWorld.RowsAsync"/> reads it.</summary>
    public HashSet<string> Rows() =>
    [
        .. facts.Districts.Select(district => $"district {district.Id} purged {district.Purged}"),
        .. facts.Districts.Select(district => $"key {district.Id}"),
        .. facts.Learners.Values.Select(learner => $"learner {learner.Id} {(learner.OnRoster ? "on" : "off")} {Text(learner.Unlinked)}"),
        .. facts.Learners.Keys.Select(learner => $"identity {learner}"),
        .. facts.Classes.Keys.Select(@class => $"class {@class}"),
        .. facts.Terms.Keys.Select(term => $"term {term}"),
        .. facts.Schools.Keys.Select(school => $"school {school}"),
        .. facts.Enrollments.Select(enrollment => $"enrollment {enrollment.Class} {enrollment.Learner}"),
        .. facts.Launches.Select(launch => $"launch {launch.Id}"),
        .. facts.Scores.Select(score => $"score {score.Id}"),
        .. facts.Runs.Select(run => $"run {run.Id} {run.State}"),
        .. facts.Alerts.Select(alert => $"alert {alert.Id}"),
        .. facts.Events.Select(@event => $"event {@event.Id}"),
        .. facts.Spent.Select(spent => $"spent {spent.Id}"),
    ];

    private static string Text(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture) ?? "";
}
