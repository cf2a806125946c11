using System.Security.Cryptography;
using System.Text;
using Samples.MadeUpDistrict;

namespace Samples.Lms;

/// <summary>Somebody with an account. The LMS has its own user id, which is not the SIS's.</summary>
public sealed record LmsPerson(string Login, string UserId, Person Person)
{
    public bool IsTeacher => Person.Role == PersonRole.Teacher;

    public string Name => $"{Person.GivenName} {Person.FamilyName}";

    internal static LmsPerson Of(string login, Person person)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes("lms-user:" + person.SourcedId));
        return new LmsPerson(login, new Guid(hash.AsSpan(0, 16)).ToString(), person);
    }
}
