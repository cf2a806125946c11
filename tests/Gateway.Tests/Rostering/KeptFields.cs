namespace Gateway.Tests.Rostering;

/// <summary>What a district's rows hold of the fields that it may switch on.</summary>
internal static class KeptFields
{
    public static readonly string[] All = ["class.grades", "class.subjects", "class.title", "learner.grades", "school.name"];

    /// <summary>The columns in which some row holds something, terms' titles among them, which are never read.</summary>
    public static async Task<IEnumerable<string>> AnyAsync(RosterDatabase database, int district) => (await database.AskAsync<string>("""
        select concat_ws(' ',
          case when exists (select from gateway.class where district_id = @d and grades is not null) then 'class.grades' end,
          case when exists (select from gateway.class where district_id = @d and subjects is not null) then 'class.subjects' end,
          case when exists (select from gateway.class where district_id = @d and title is not null) then 'class.title' end,
          case when exists (select from gateway.learner where district_id = @d and grades is not null) then 'learner.grades' end,
          case when exists (select from gateway.school where district_id = @d and name is not null) then 'school.name' end,
          case when exists (select from gateway.term where district_id = @d and title is not null) then 'term.title' end)
        """, district)).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The grades of one person, by the id in the roster; <c>none</c> where null.</summary>
    public static async Task<string> GradesOfAsync(RosterDatabase database, int district, string person) => await database.AskAsync<string>($"""
        select coalesce(array_to_string(l.grades, ' '), 'none') from gateway.learner l join gateway.learner_identity i on i.learner_id = l.id
        where i.district_id = @d and i.kind = 2 and i.hash = '{await Launches.SisHashAsync(database, district, person)}'
        """, district);
}
