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
        var people = Enumerable.Range(0, district.Students).Select(district.Student).Concat(Enumerable.Range(0, district.Teachers).Select(district.Teacher)).ToList();
        var course = stage.Lms.Services.GetRequiredService<LmsCourse>();
        return
        [
            .. people.SelectMany(OfPerson),
            .. course.Everybody.Select(person => new PlantedValue("LMS user id", person.UserId)),
            .. course.Everybody.Select(person => new PlantedValue("name", person.Name)),
            .. OfPlaces(district),
        ];
    }

    private static IEnumerable<PlantedValue> OfPerson(Person person) =>
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
    private static IEnumerable<PlantedValue> OfPlaces(District district) =>
    [
        .. Enumerable.Range(0, district.Orgs).Select(district.Org).SelectMany(org => new PlantedValue[] { new("school name", org.Name), new("sourcedId of an org", org.SourcedId), new("org identifier", org.Identifier) }),
        .. Enumerable.Range(0, district.Classes).Select(district.Class).SelectMany(c => new PlantedValue[] { new("class title", c.Title), new("sourcedId of a class", c.SourcedId) }),
        .. Enumerable.Range(0, district.Courses).Select(district.Course).Select(c => new PlantedValue("sourcedId of a course", c.SourcedId)),
        .. Enumerable.Range(0, district.Sessions).Select(district.Session).SelectMany(s => new PlantedValue[] { new("term title", s.Title), new("sourcedId of a term", s.SourcedId) }),
        .. Enumerable.Range(0, district.StudentEnrollments).Select(district.LocateStudentEnrollment).Select(e => new PlantedValue("sourcedId of an enrollment", district.StudentEnrollment(e.Student, e.Subject).SourcedId)),
        .. Enumerable.Range(0, district.Students).Select(s => new PlantedValue("place of birth", district.Demographics(s).CityOfBirth)),
    ];
}
