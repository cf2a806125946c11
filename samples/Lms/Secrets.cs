using System.Security.Cryptography;

namespace Samples.Lms;

internal static class Secrets
{
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
}
