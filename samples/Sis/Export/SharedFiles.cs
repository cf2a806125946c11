using System.Globalization;
using Samples.MadeUpDistrict;
using Samples.Sis.Rest;

namespace Samples.Sis.Export;

/// <summary>The files that are the same in 1.1 and 1.2. Bulk files leave status and dateLastModified blank.</summary>
internal static class SharedFiles
{
    public static readonly CsvFile[] All =
    [
        new(
            "academicSessions.csv",
            "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear",
            roster => Each(roster.District.Sessions, roster.District.Session).Select(s => new[]
            {
                s.SourcedId, null, null, s.Title, s.Type == SessionType.Term ? "term" : "schoolYear",
                CsvFile.Date(s.Start), CsvFile.Date(s.End), s.ParentSourcedId, s.SchoolYear.ToString(CultureInfo.InvariantCulture),
            })),
        new(
            "orgs.csv",
            "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
            roster => Each(roster.District.Orgs, roster.District.Org).Select(o => new[]
            {
                o.SourcedId, null, null, o.Name, o.Type == OrgType.District ? "district" : "school", o.Identifier, o.ParentSourcedId,
            })),
        new(
            "courses.csv",
            "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes",
            roster => Each(roster.District.Courses, roster.District.Course).Select(c => new[]
            {
                c.SourcedId, null, null, c.SessionSourcedId, c.Title, c.Code, c.Grade, c.OrgSourcedId, c.Subject, c.SubjectCode,
            })),
        new(
            "classes.csv",
            "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,"
            + "termSourcedIds,subjects,subjectCodes,periods",
            roster => Each(roster.District.Classes, roster.District.Class).Select(c => new[]
            {
                c.SourcedId, null, null, c.Title, c.Grade, c.CourseSourcedId, c.Code, c.Homeroom ? "homeroom" : "scheduled",
                c.Location, c.SchoolSourcedId, string.Join(',', c.TermSourcedIds), c.Subject, c.SubjectCode, c.Period,
            })),
        new(
            "enrollments.csv",
            "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
            roster => roster.Enrollments(0).Where(e => e.Role == PersonRole.Teacher || !roster.IsMarked(e.PersonIndex)).Select(e => new[]
            {
                e.SourcedId, null, null, e.ClassSourcedId, e.SchoolSourcedId, e.UserSourcedId, RoleName.Of(e.Role),
                e.Primary is true ? "true" : "false", CsvFile.Date(e.Begin), CsvFile.Date(e.End),
            })),
        new(
            "demographics.csv",
            "sourcedId,status,dateLastModified,birthDate,sex," + string.Join(',', DemographicsJson.Races)
            + ",hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus",
            roster => Present(roster).Select(roster.District.Demographics).Select(d => (string?[])
            [
                d.SourcedId, null, null, CsvFile.Date(d.BirthDate), d.Sex,
                .. DemographicsJson.Races.Select((_, i) => i == d.RaceColumn ? "true" : "false"),
                d.Hispanic ? "true" : "false", d.CountryOfBirth, d.StateOfBirth, d.CityOfBirth, d.ResidenceStatus,
            ])),
    ];

    /// <summary>Students and then teachers. A bulk file has nobody who was withdrawn, whichever way.</summary>
    public static IEnumerable<Person> People(Roster roster) =>
        Present(roster).Select(roster.District.Student).Concat(Each(roster.District.Teachers, roster.District.Teacher));

    private static IEnumerable<int> Present(Roster roster) => roster.StudentIndexes(0).Where(i => !roster.IsMarked(i));

    private static IEnumerable<T> Each<T>(int count, Func<int, T> make)
    {
        for (int i = 0; i < count; i++)
            yield return make(i);
    }
}
