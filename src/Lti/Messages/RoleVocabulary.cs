using System.Collections.Frozen;
using System.Text;

namespace Lti.Messages;

/// <summary>
/// The role names of LTI Core, appendix A.2, in each spelling that platforms send. Matching is exact: the sub-role
/// <c>membership/Learner#Instructor</c> is a learner, which a search for "Instructor" would get wrong.
/// </summary>
internal static class RoleVocabulary
{
    private const int LongestSpelling = 160;

    private static readonly (string Name, string SubRoles)[] ContextRoles =
    [
        ("Administrator", "Administrator Developer ExternalDeveloper ExternalSupport ExternalSystemAdministrator Support SystemAdministrator"),
        ("ContentDeveloper", "ContentDeveloper ContentExpert ExternalContentExpert Librarian"),
        ("Instructor", "ExternalInstructor Grader GuestInstructor Lecturer PrimaryInstructor SecondaryInstructor TeachingAssistant "
            + "TeachingAssistantGroup TeachingAssistantOffering TeachingAssistantSection TeachingAssistantSectionAssociation TeachingAssistantTemplate"),
        ("Learner", "ExternalLearner GuestLearner Instructor Learner NonCreditLearner"),
        ("Manager", "AreaManager CourseCoordinator ExternalObserver Manager Observer"),
        ("Member", "Member"),
        ("Mentor", "Advisor Auditor ExternalAdvisor ExternalAuditor ExternalLearningFacilitator ExternalMentor ExternalReviewer ExternalTutor "
            + "LearningFacilitator Mentor Reviewer Tutor"),
        ("Officer", "Chair Communications Secretary Treasurer Vice-Chair"),
    ];

    private const string InstitutionRoles =
        "Administrator Faculty Guest None Other Staff Student Alumni Instructor Learner Member Mentor Observer ProspectiveStudent";

    private const string SystemRoles = "Administrator None AccountAdmin Creator SysAdmin SysSupport User";

    private static readonly FrozenDictionary<string, LtiRole> Spellings = Build();

    private static readonly FrozenDictionary<string, LtiRole>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        Spellings.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The role with this spelling, or null; unknown text is compared on the stack and never becomes a string.</summary>
    public static LtiRole? Find(ReadOnlySpan<byte> utf8)
    {
        Span<char> text = stackalloc char[LongestSpelling];
        if (utf8.Length > LongestSpelling || !Ascii.IsValid(utf8)) return null;
        var length = Encoding.ASCII.GetChars(utf8, text);
        return BySpan.TryGetValue(text[..length], out var role) ? role : null;
    }

    private static FrozenDictionary<string, LtiRole> Build()
    {
        Dictionary<string, LtiRole> spellings = new(StringComparer.Ordinal);
        const string vocabulary = "http://purl.imsglobal.org/vocab/lis/v2/";
        foreach (var (name, subRoles) in ContextRoles)
        {
            LtiRole role = new(LtiRoleKind.Context, name, null);
            // LTI Core A.2.3: the short form is deprecated and still sent.
            Spell(role, name, $"{vocabulary}membership#{name}", $"urn:lti:role:ims/lis/{name}");
            foreach (var sub in subRoles.Split(' '))
                Spell(role with { SubRole = sub }, $"{vocabulary}membership/{name}#{sub}", $"urn:lti:role:ims/lis/{name}/{sub}");
        }

        // LTI 1.1 knew it as a role of its own (LTI 1.1, A.2.2), and it is still sent so.
        LtiRole assistant = new(LtiRoleKind.Context, "Instructor", "TeachingAssistant");
        Spell(assistant, "TeachingAssistant", $"{vocabulary}membership#TeachingAssistant", "urn:lti:role:ims/lis/TeachingAssistant",
            "urn:lti:role:ims/lis/TeachingAssistant/TeachingAssistant", $"{vocabulary}membership/instructor#TeachingAssistant");
        foreach (var name in InstitutionRoles.Split(' '))
            Spell(new(LtiRoleKind.Institution, name, null), $"{vocabulary}institution/person#{name}", $"urn:lti:instrole:ims/lis/{name}");
        foreach (var name in SystemRoles.Split(' '))
            Spell(new(LtiRoleKind.System, name, null), $"{vocabulary}system/person#{name}", $"urn:lti:sysrole:ims/lis/{name}");
        Spell(new(LtiRoleKind.System, "TestUser", null), "http://purl.imsglobal.org/vocab/lti/system/person#TestUser");
        return spellings.ToFrozenDictionary(StringComparer.Ordinal);

        void Spell(LtiRole role, params ReadOnlySpan<string> texts)
        {
            foreach (var text in texts) spellings[text] = role;
        }
    }
}
