using System.Text;
using OneRoster.Model;
using static OneRoster.Validation.Checks.SpecKind;

namespace OneRoster.Validation.Checks;

/// <summary>What can be said of a column by its bytes.</summary>
internal enum SpecKind
{
    /// <summary>Nothing, or what the reader says.</summary>
    Plain,

    /// <summary>It must be filled, and is not read: titles, names, usernames.</summary>
    Filled,

    /// <summary>An id.</summary>
    Id,

    /// <summary>Ids, separated by commas.</summary>
    Ids,

    /// <summary>Texts, separated by commas.</summary>
    Texts,

    /// <summary>Grades, separated by commas.</summary>
    Grades,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A time in UTC.</summary>
    Time,

    /// <summary>A password, which should not be there.</summary>
    Password,

    /// <summary>The id of a course's school year.</summary>
    CourseYear,

    /// <summary>The ids of a user's agents.</summary>
    Agents,
}

/// <summary>A column of the specification, read or not.</summary>
internal sealed record SpecColumn(string Name, SpecKind Kind)
{
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name);

    /// <summary>The columns of a file in the specification's order (CSV bindings 1.1 and 1.2, the tables of each file).</summary>
    public static IReadOnlyList<SpecColumn> Of(RosterCollection collection, OneRosterVersion version)
    {
        var old = version == OneRosterVersion.V1P1;
        (string Name, SpecKind Kind)[] columns = collection switch
        {
            RosterCollection.Orgs => [("name", Filled), ("type", Plain), ("identifier", Plain), ("parentSourcedId", Id)],
            RosterCollection.AcademicSessions =>
                [("title", Filled), ("type", Plain), ("startDate", Date), ("endDate", Date), ("parentSourcedId", Id), ("schoolYear", Plain)],
            RosterCollection.Courses =>
            [
                ("schoolYearSourcedId", CourseYear), ("title", Filled), ("courseCode", Filled), ("grades", Grades), ("orgSourcedId", old ? Filled : Id),
                ("subjects", Texts), ("subjectCodes", Texts),
            ],
            RosterCollection.Classes =>
            [
                ("title", Filled), ("grades", Grades), ("courseSourcedId", Id), ("classCode", Plain), ("classType", old ? Filled : Plain), ("location", Plain),
                ("schoolSourcedId", Id), ("termSourcedIds", Ids), ("subjects", Texts), ("subjectCodes", Texts), ("periods", Texts),
            ],
            RosterCollection.Users when old =>
            [
                ("enabledUser", Plain), ("orgSourcedIds", Ids), ("role", Plain), ("username", Filled), ("userIds", Plain), ("givenName", Filled),
                ("familyName", Filled), ("middleName", Plain), ("identifier", Plain), ("email", Plain), ("sms", Plain), ("phone", Plain),
                ("agentSourcedIds", Agents), ("grades", Grades), ("password", Password),
            ],
            RosterCollection.Users =>
            [
                ("enabledUser", Plain), ("username", Filled), ("userIds", Plain), ("givenName", Filled), ("familyName", Filled), ("middleName", Plain),
                ("identifier", Plain), ("email", Plain), ("sms", Plain), ("phone", Plain), ("agentSourcedIds", Agents), ("grades", Grades), ("password", Password),
                ("userMasterIdentifier", Plain), ("preferredGivenName", Plain), ("preferredMiddleName", Plain), ("preferredFamilyName", Plain),
                ("primaryOrgSourcedId", Id), ("pronouns", Plain),
            ],
            RosterCollection.UserRoles =>
            [
                ("userSourcedId", Id), ("roleType", Plain), ("role", Plain), ("beginDate", Date), ("endDate", Date), ("orgSourcedId", Id), ("userProfileSourcedId", Plain),
            ],
            RosterCollection.Enrollments =>
            [
                ("classSourcedId", Id), ("schoolSourcedId", Id), ("userSourcedId", Id), ("role", Plain), ("primary", Plain), ("beginDate", Date), ("endDate", Date),
            ],
            _ => throw new ArgumentOutOfRangeException(nameof(collection)),
        };
        // The reader asks for the ids of rows where it reads them; a role's own id it does not read.
        var id = collection == RosterCollection.UserRoles ? Filled : Id;
        return [new("sourcedId", id), new("status", Plain), new("dateLastModified", Time), .. columns.Select(column => new SpecColumn(column.Name, column.Kind))];
    }
}
