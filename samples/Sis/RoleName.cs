using Samples.MadeUpDistrict;

namespace Samples.Sis;

internal static class RoleName
{
    public static string Of(PersonRole role) => role == PersonRole.Student ? "student" : "teacher";
}
