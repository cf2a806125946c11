namespace Samples.Sis.Export;

/// <summary>People: one file in 1.1, three in 1.2.</summary>
internal static class UserFiles
{
    public static readonly CsvFile[] V11 =
    [
        new(
            "users.csv",
            "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,"
            + "identifier,email,sms,phone,agentSourcedIds,grades,password,metadata.homeAddress",
            roster => SharedFiles.People(roster).Select(p => new[]
            {
                p.SourcedId, null, null, "true", p.SchoolSourcedId, RoleName.Of(p.Role), p.Username, $"{{Fed:{p.FederatedId}}}",
                p.GivenName, p.FamilyName, p.MiddleName, p.Number, p.Email, p.Sms, p.Phone, p.AgentSourcedId, p.Grade, p.Password,
                p.HomeAddress,
            })),
    ];

    public static readonly CsvFile[] V12 =
    [
        new(
            "users.csv",
            "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
            + "agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,"
            + "primaryOrgSourcedId,pronouns,metadata.homeAddress",
            roster => SharedFiles.People(roster).Select(p => new[]
            {
                p.SourcedId, null, null, "true", p.Username, $"{{Fed:{p.FederatedId}}}", p.GivenName, p.FamilyName, p.MiddleName,
                p.Number, p.Email, p.Sms, p.Phone, p.AgentSourcedId, p.Grade, p.Password, p.MasterIdentifier, p.PreferredGivenName,
                p.MiddleName, p.FamilyName, p.SchoolSourcedId, p.Pronouns, p.HomeAddress,
            })),
        new(
            "roles.csv",
            "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId",
            roster => SharedFiles.People(roster).Select(p => new[]
            {
                p.SourcedId + "-r", null, null, p.SourcedId, "primary", RoleName.Of(p.Role), CsvFile.Date(roster.District.YearStart),
                CsvFile.Date(roster.District.YearEnd), p.SchoolSourcedId, p.SourcedId + "-p",
            })),
        new(
            "userProfiles.csv",
            "sourcedId,status,dateLastModified,userSourcedId,profileType,vendorId,applicationId,description,credentialType,username,password",
            roster => SharedFiles.People(roster).Select(p => new[]
            {
                p.SourcedId + "-p", null, null, p.SourcedId, "learning", "vendor.example.org", "made-up-application",
                "Account of " + p.Username, "password", p.Username, p.Password,
            })),
    ];
}
