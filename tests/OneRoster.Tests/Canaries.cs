using System.Collections;
using System.Reflection;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Tests;

/// <summary>Made-up personal data that a source holds and that must not surface anywhere.</summary>
internal static class Canaries
{
    public const string GivenName = "Zanthippe-Q";
    public const string FamilyName = "Ölmützer-Vrx";
    public const string Email = "zq.vrx@canary.example";
    public const string Username = "zqvrx_login";
    public const string Password = "hunter-Q9-canary";
    public const string Number = "STU-998877-canary";
    public const string Phone = "+15550199887";
    public const string Metadata = "meta-canary-7731";

    public static readonly string[] All = [GivenName, FamilyName, Email, Username, Password, Number, Phone, Metadata, "canary"];

    public static void AssertNoneIn(IEnumerable<object> things)
    {
        foreach (var text in things.SelectMany(thing => Texts(thing, 0)))
            foreach (var canary in All)
                Assert.DoesNotContain(canary, text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Every string that an object holds, private fields and withheld ids included.</summary>
    public static IEnumerable<string> Texts(object? thing, int depth)
    {
        if (thing is null || depth > 6)
            yield break;
        if (thing is string text)
        {
            yield return text;
            yield break;
        }

        yield return thing.ToString() ?? "";
        if (thing is SourcedId id)
            yield return id.ExposeText();
        if (thing is UserMasterIdentifier master)
            yield return System.Text.Encoding.UTF8.GetString(master.ExposeUtf8());
        if (thing is IEnumerable list)
        {
            foreach (var inner in list.Cast<object?>().SelectMany(item => Texts(item, depth + 1)))
                yield return inner;
        }
        else if (thing is RosterRow or RosterFinding)
        {
            for (var type = thing.GetType(); type is not null && type != typeof(object); type = type.BaseType)
                foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
                    foreach (var inner in Texts(field.GetValue(thing), depth + 1))
                        yield return inner;
        }
    }
}
