using Gateway.Privacy.Usage;
using Gateway.Storage;
using Npgsql;

namespace Gateway.Privacy;

/// <summary>
/// Reports how many people used the product in the last twelve complete months (P-4.4): of one district by role, school and size of class; of
/// the whole gateway by role. Whoever is in several schools or classes counts in one: the first school, the largest class.
/// </summary>
internal sealed class ReportUsage(GatewayDatabase database, PublicPool pool, TimeProvider time)
{
    private const int Months = 12;
    private static readonly string[] Roles = ["student", "teacher"];
    private static readonly string[] Sizes = ["no class", "1 to 9", "10 to 19", "20 to 29", "30 and more"];

    private const string OfDistrict = """
        with active as (
          select distinct date_trunc('month', n.launched_at at time zone 'utc')::date as month, n.learner_id
          from gateway.launch n where n.district_id = $1 and n.launched_at >= $2 and n.launched_at < $3),
        sizes as (
          select e.class_id, count(*) as people from gateway.enrollment e
          where e.district_id = $1 and e.ended_on is null and e.role = 'student' group by e.class_id),
        places as (
          select e.learner_id, min(c.school_id) as school, max(s.people) as size
          from gateway.enrollment e join gateway.class c on c.id = e.class_id left join sizes s on s.class_id = e.class_id
          where e.district_id = $1 and e.ended_on is null group by e.learner_id),
        people as (
          select a.month, l.role, coalesce(p.school::text, 'none') as school,
                 case when p.learner_id is null then 'no class' when coalesce(p.size, 0) < 10 then '1 to 9' when p.size < 20 then '10 to 19'
                      when p.size < 30 then '20 to 29' else '30 and more' end as size
          from active a join gateway.learner l on l.id = a.learner_id left join places p on p.learner_id = l.id)
        select month, 'everybody', '', count(*) from people group by month
        union all select month, 'role', role, count(*) from people group by month, role
        union all select month, 'school', school, count(*) from people group by month, school
        union all select month, 'class-size', size, count(*) from people group by month, size
        """;

    public async Task<UsageReport> OfDistrictAsync(int district, CancellationToken cancellation)
    {
        var months = MonthsNow();
        return await database.InDistrictAsync(district, async session =>
        {
            var schools = new List<string>();
            await using (var ask = session.Command("select id::text from gateway.school where ended_on is null order by id"))
            await using (var reader = await ask.ExecuteReaderAsync(cancellation))
            {
                while (await reader.ReadAsync(cancellation))
                    schools.Add(reader.GetString(0));
            }

            await using var command = session.Command(OfDistrict);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = district });
            Bind(command, months);
            var counts = new List<UsageCount>();
            await using (var reader = await command.ExecuteReaderAsync(cancellation))
            {
                while (await reader.ReadAsync(cancellation))
                    counts.Add(new(reader.GetFieldValue<DateOnly>(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3)));
            }

            var all = schools.Append("none").Union(counts.Where(count => count.By == "school").Select(count => count.Group)).ToList();
            return UsageTable.Of(months, counts, [("role", Roles), ("school", all), ("class-size", Sizes)]);
        }, cancellation);
    }

    /// <summary>Of all districts together. A month in which one of them could tell another's few people by subtracting its own is withheld.</summary>
    public async Task<UsageReport> OfGatewayAsync(CancellationToken cancellation)
    {
        var months = MonthsNow();
        await using var command = pool.Source.CreateCommand("select district_id, month, role, people from gateway.usage_by_district($1, $2)");
        Bind(command, months);
        var rows = new List<(int District, DateOnly Month, string Role, long People)>();
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                rows.Add((reader.GetInt32(0), reader.GetFieldValue<DateOnly>(1), reader.GetString(2), reader.GetInt64(3)));
        }

        var counts = rows.GroupBy(row => row.Month)
            .Where(month => Withholding.IsSafe([.. month.GroupBy(row => row.District).Select(district => district.Sum(row => row.People))])
                && month.GroupBy(row => row.Role).All(role => Withholding.IsSafe([.. role.Select(row => row.People)])))
            .SelectMany(month => month.Select(row => new UsageCount(row.Month, "role", row.Role, row.People))
                .Append(new(month.Key, UsageTable.Everybody, "", month.Sum(row => row.People))))
            .ToList();
        return UsageTable.Of(months, counts, [("role", Roles)]);
    }

    // Complete months only: the present one grows by single people from day to day.
    private List<DateOnly> MonthsNow()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var first = new DateOnly(today.Year, today.Month, 1);
        return [.. Enumerable.Range(1, Months).Select(back => first.AddMonths(-back)).Reverse()];
    }

    private static void Bind(NpgsqlCommand command, List<DateOnly> months)
    {
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = StartOf(months[0]) });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = StartOf(months[^1].AddMonths(1)) });
    }

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
