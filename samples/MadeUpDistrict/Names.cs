namespace Samples.MadeUpDistrict;

/// <summary>Names put together from syllables: nobody is called so, and a family name belongs to one person of a district only.</summary>
internal static class Names
{
    private static readonly string[] Syllables =
    [
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ro", "su", "ta",
        "ve", "wi", "xo", "yu", "za", "bre", "cli", "dro", "flu", "gra", "kle", "pri", "sto", "tru", "vla", "zhe",
    ];

    private static readonly string[] Endings = ["n", "l", "ra", "s", "va", "m", "ne", "th"];

    private static readonly string[] Places =
    [
        "Alder", "Birchfield", "Cedar Hollow", "Dunmere", "Elmcrest", "Fernvale", "Goosepond", "Hazelbrook",
        "Ivygate", "Juniper", "Kestrel Hill", "Larkspur", "Mossbank", "Northfen", "Oakmere", "Pinewater",
    ];

    private const int FamilyBits = 25;

    public static string Given(ulong noise) =>
        Capital(Syllables[noise % 32] + Syllables[noise / 32 % 32] + Endings[noise / 1024 % 8]);

    // Multiplying by an odd number is a bijection modulo a power of two: no two persons below 2^25 share a family name.
    public static string Family(uint person, ulong seedNoise)
    {
        uint x = (person * 0x9E3779B1u + (uint)seedNoise) & ((1u << FamilyBits) - 1);
        string name = "";
        for (int i = 0; i < FamilyBits / 5; i++)
        {
            name += Syllables[x % 32];
            x /= 32;
        }
        return Capital(name);
    }

    public static string Place(int school) =>
        school < Places.Length ? Places[school] : $"{Places[school % Places.Length]} {school / Places.Length + 1}";

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
