using Gateway.Privacy;
using Gateway.Privacy.Usage;

namespace Gateway.Tests.Privacy.Usage;

[Trait("Requirement", "P-4.4")]
public sealed class WithholdingTests
{
    private static readonly DateOnly[] Months = [new(2027, 1, 1), new(2027, 2, 1), new(2027, 3, 1)];
    private static readonly string[] Roles = ["student", "teacher"];

    [Fact]
    public void No_group_under_ten_can_be_worked_out_from_what_is_shown()
    {
        var random = new Random(5);
        var withheld = 0;
        for (var round = 0; round < 3000; round++)
        {
            string[] schools = [.. Enumerable.Range(0, random.Next(1, 13)).Select(school => $"{school}")];
            var counts = MakeUp(random, schools);
            var report = UsageTable.Of(Months, counts, [("role", Roles), ("school", schools)]);
            foreach (var month in report.Months)
                withheld += Attack(month, counts.Where(count => count.Month == month.Month).ToList());
            AttackMonths(report);
        }

        Assert.True(withheld > 1000, $"{withheld} cells were under attack");
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(9, null)]
    [InlineData(10, 10L)]
    [InlineData(19, 10L)]
    [InlineData(20, 20L)]
    public void A_count_is_withheld_under_ten_and_shown_in_tens_from_there(long people, long? shown) => Assert.Equal(shown, Withholding.Shown(people));

    [Fact]
    public void A_group_under_ten_takes_the_next_smallest_with_it()
    {
        var shown = Withholding.Of([("a", 4), ("b", 25), ("c", 118)]);

        Assert.Equal([null, null, 110L], shown.Select(group => group.People));
    }

    [Fact]
    public void Two_groups_that_are_fewer_than_ten_together_take_a_third_with_them() =>
        Assert.Equal([null, null, null, 110L], Withholding.Of([("a", 4), ("b", 3), ("c", 31), ("d", 118)]).Select(group => group.People));

    [Theory]
    [InlineData(true, 25L)]
    [InlineData(true, 25L, 25L)]
    [InlineData(false, 25L, 9L)]
    [InlineData(true, 25L, 9L, 9L)]
    [InlineData(false, 30L, 4L, 4L)]
    public void A_sum_of_districts_is_shown_where_none_can_subtract_its_own_and_see_a_few(bool safe, params long[] parts) => Assert.Equal(safe, Withholding.IsSafe(parts));

    private static List<UsageCount> MakeUp(Random random, string[] schools)
    {
        var counts = new List<UsageCount>();
        foreach (var month in Months)
        {
            var bySchool = schools.Select(_ => (long)(random.Next(3) switch { 0 => random.Next(0, 10), 1 => random.Next(10, 30), _ => random.Next(0, 120) })).ToList();
            var total = bySchool.Sum();
            var teachers = Math.Min(total, random.Next(0, 25));
            counts.Add(new(month, UsageTable.Everybody, "", total));
            counts.Add(new(month, "role", "student", total - teachers));
            counts.Add(new(month, "role", "teacher", teachers));
            counts.AddRange(schools.Select((school, i) => new UsageCount(month, "school", school, bySchool[i])));
        }

        return counts;
    }

    /// <summary>
    /// Everything that follows from the cells of a month by interval arithmetic: each shown cell is between its tens and nine more, a withheld one
    /// is 0 or more, each grouping adds up to the same total. Repeated until nothing gets narrower.
    /// </summary>
    private static int Attack(UsageMonth month, List<UsageCount> truth)
    {
        var total = Known(month.People);
        var cells = month.By.ToDictionary(by => by.Name, by => by.Groups.Select(group => (group.Group, Range: Known(group.People))).ToList());
        for (var narrower = true; narrower;)
        {
            narrower = false;
            foreach (var by in cells.Values)
            {
                narrower |= Narrow(ref total, (by.Sum(cell => cell.Range.Low), Add(by.Select(cell => cell.Range.High))));
                for (var i = 0; i < by.Count; i++)
                {
                    var others = by.Where((_, j) => j != i).Select(cell => cell.Range).ToList();
                    var range = by[i].Range;
                    narrower |= Narrow(ref range, (Math.Max(0, total.Low - Math.Min(total.Low, Add(others.Select(other => other.High)))), total.High - others.Sum(other => other.Low)));
                    by[i] = (by[i].Group, range);
                }
            }
        }

        var attacked = 0;
        foreach (var (name, by) in cells)
        {
            var hidden = month.By.Single(each => each.Name == name).Groups.Where(group => group.People is null).Select(group => group.Group).ToHashSet();
            foreach (var (group, range) in by.Where(cell => hidden.Contains(cell.Group)))
            {
                var people = truth.Single(count => count.By == name && count.Group == group).People;
                Assert.InRange(people, range.Low, range.High);
                Assert.True(range.Low < range.High || people >= UsageReport.SmallestGroup || total.High == 0, $"{name} {group} is {people}");
                attacked++;
            }

            // What is withheld, taken together, is a group too.
            var together = by.Where(cell => !hidden.Contains(cell.Group)).Select(cell => cell.Range).ToList();
            var (low, high) = (Math.Max(0, total.Low - Math.Min(total.Low, Add(together.Select(cell => cell.High)))), total.High - together.Sum(cell => cell.Low));
            Assert.True(hidden.Count == 0 || low < high || low >= UsageReport.SmallestGroup, $"{name}: {low} withheld together");
        }

        return attacked;
    }

    // The difference of two months is between nine less and nine more than that of their tens: never one number of a few people.
    private static void AttackMonths(UsageReport report)
    {
        foreach (var (before, after) in report.Months.Zip(report.Months.Skip(1)))
            foreach (var (one, next) in before.By.SelectMany(by => by.Groups).Zip(after.By.SelectMany(by => by.Groups)))
                if (one.People is { } was && next.People is { } now)
                    Assert.True((was % 10, now % 10) == (0, 0) && (now + 9 - was) - (now - was - 9) == 18);
    }

    private static (long Low, long High) Known(long? shown) => shown is { } tens ? (tens, tens + 9) : (0, 1_000_000);

    private static long Add(IEnumerable<long> highs) => Math.Min(1_000_000, highs.Sum());

    private static bool Narrow(ref (long Low, long High) range, (long Low, long High) by)
    {
        var narrow = (Low: Math.Max(range.Low, by.Low), High: Math.Min(range.High, by.High));
        if (narrow == range)
            return false;
        range = narrow;
        return true;
    }
}
