using Samples.MadeUpDistrict;

namespace Samples.Sis.Rest;

internal static class UserJson
{
    public static void Write(Roster roster, Person person, RowWriter row)
    {
        bool student = person.Role == PersonRole.Student;
        row.Common(
            person.SourcedId,
            student && roster.IsMarked(person.Index),
            student ? roster.ModifiedAt(person.Index) : roster.Unchanged);
        row.Metadata("homeAddress", person.HomeAddress);
        row.Text("username", row.Odd ? "" : person.Username);
        row.One("userIds", ("type", "Fed"), ("identifier", person.FederatedId));
        row.Flag("enabledUser", true);
        row.Text("givenName", person.GivenName);
        row.Text("familyName", person.FamilyName);
        row.Text("middleName", person.MiddleName);
        row.Text("identifier", person.Number);
        row.Text("email", person.Email);
        row.Text("sms", person.Sms);
        row.Text("phone", person.Phone);
        row.Text("password", person.Password);
        if (person.AgentSourcedId is { } agent)
            row.References("agents", "user", [agent]);
        if (person.Grade is { } grade)
            row.Texts("grades", row.Odd ? "Ninth grade" : grade);
        if (row.Version == OneRosterVersion.V11)
            WriteV11(person, row);
        else
            WriteV12(roster, person, row, student);
    }

    private static void WriteV11(Person person, RowWriter row)
    {
        row.Text("role", RoleName.Of(person.Role));
        row.References("orgs", "org", [person.SchoolSourcedId]);
    }

    private static void WriteV12(Roster roster, Person person, RowWriter row, bool student)
    {
        row.Text("userMasterIdentifier", person.MasterIdentifier);
        row.Text("preferredFirstName", person.PreferredGivenName);
        row.Text("preferredMiddleName", person.MiddleName);
        row.Text("preferredLastName", person.FamilyName);
        row.Text("pronouns", person.Pronouns);
        if (!row.Odd || !student || person.Index > 0)
            row.Role(RoleName.Of(person.Role), person.SchoolSourcedId, roster.District.YearStart, roster.District.YearEnd);
        row.One(
            "userProfiles",
            ("profileId", person.SourcedId + "-p"),
            ("profileType", "learning"),
            ("vendorId", "vendor.example.org"),
            ("applicationId", "made-up-application"),
            ("description", "Account of " + person.Username));
        row.Reference("primaryOrg", "org", person.SchoolSourcedId);
    }
}
