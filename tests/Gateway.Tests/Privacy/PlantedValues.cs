using Gateway.Stage;
using Microsoft.Extensions.DependencyInjection;
using Samples.Lms;
using Samples.MadeUpDistrict;
using Samples.Sis;

namespace Gateway.Tests.Privacy;

/// <summary>A value that must not be found anywhere, and what kind of value it is: only the kind may be told.</summary>
internal sealed record PlantedValue(string Kind, string Value);

/// <summary>
/// Everything that the stage's LMS and SIS know about people and that the gateway must not keep or tell. Left out is what is shorter
/// than five characters or not peculiar to anybody: nicknames, pronouns, grades, sexes, birth dates.
/// </summary>
internal static class PlantedValues
{
    public static IReadOnlyList<PlantedValue> Of(TestStage stage)
    {
        var district = stage.Sis.Services.GetRequiredService<SisState>().Roster.District;
        var course = stage.Lms.Services.GetRequiredService<LmsCourse>();
        return
        [
            .. Each(district.Students, district.Student, OfPerson),
            .. Each(district.Teachers, district.Teacher, OfPerson),
            .. course.Everybody.Select(person => new PlantedValue("LMS user id", person.UserId)),
            .. course.Everybody.Select(person => new PlantedValue("name", person.Name)),
            .. OfPlaces(district),
        ];
    }

    private static PlantedValue[] OfPerson(Person person) =>
    [
        new("given name", person.GivenName),
        new("middle name", person.MiddleName),
        new("family name", person.FamilyName),
        new("username", person.Username),
        new("e-mail", person.Email),
        new("phone", person.Phone),
        new("sms", person.Sms),
        new("student number", person.Number),
        new("password", person.Password),
        new("master identifier", person.MasterIdentifier),
        new("federated id", person.FederatedId),
        new("home address", person.HomeAddress),
        new("sourcedId of a person", person.SourcedId),
    ];

    // Off by default (P-1.4), and every raw sourcedId.
    private static IEnumerable<PlantedValue> OfPlaces(District district)
    {
        Enrollment EnrollmentOf(int index)
        {
            var (student, subject) = district.LocateStudentEnrollment(index);
            return district.StudentEnrollment(student, subject);
        }

        return
        [
            .. Each(district.Orgs, district.Org, org => [new("school name", org.Name), new("sourcedId of an org", org.SourcedId), new("org identifier", org.Identifier)]),
            .. Each(district.Classes, district.Class, c => [new("class title", c.Title), new("sourcedId of a class", c.SourcedId)]),
            .. Each(district.Courses, district.Course, c => [new("sourcedId of a course", c.SourcedId)]),
            .. Each(district.Sessions, district.Session, s => [new("term title", s.Title), new("sourcedId of a term", s.SourcedId)]),
            .. Each(district.StudentEnrollments, EnrollmentOf, e => [new("sourcedId of an enrollment", e.SourcedId)]),
            .. Each(district.Students, district.Demographics, d => [new("place of birth", d.CityOfBirth)]),
        ];
    }

    private static IEnumerable<PlantedValue> Each<T>(int count, Func<int, T> make, Func<T, PlantedValue[]> values) =>
        Enumerable.Range(0, count).Select(make).SelectMany(values);
}
