using System.Collections.Immutable;

namespace Lti.Messages;

/// <summary>
/// A person's roles, as far as they are recognised. What is not recognised grants nothing: empty, unknown and misspelt roles
/// leave the least privilege. A role in the institution or system says nothing about the course, so <see cref="IsInstructor"/>
/// and <see cref="IsLearner"/> look at the course alone; a host decides what <see cref="TeachesInInstitution"/> and
/// <see cref="LearnsInInstitution"/> are worth where a platform names no role in the course.
/// </summary>
public sealed class LtiRoles
{
    private LtiRoles(ImmutableHashSet<LtiRole> known) => Known = known;

    /// <summary>No role.</summary>
    public static LtiRoles None { get; } = new([]);

    /// <summary>The recognised roles; a sub-role brings its principal role along.</summary>
    public ImmutableHashSet<LtiRole> Known { get; }

    /// <summary>Teaches this course (teaching assistants included).</summary>
    public bool IsInstructor => Has(LtiRoleKind.Context, "Instructor");

    /// <summary>Assists in teaching this course.</summary>
    public bool IsTeachingAssistant =>
        Known.Any(role => role is { Kind: LtiRoleKind.Context, Name: "Instructor", SubRole: not null }
            && role.SubRole.StartsWith("TeachingAssistant", StringComparison.Ordinal));

    /// <summary>Learns in this course.</summary>
    public bool IsLearner => Has(LtiRoleKind.Context, "Learner");

    /// <summary>Mentors somebody in this course (a parent or observer, for example).</summary>
    public bool IsMentor => Has(LtiRoleKind.Context, "Mentor");

    /// <summary>Writes content in this course.</summary>
    public bool IsContentDeveloper => Has(LtiRoleKind.Context, "ContentDeveloper");

    /// <summary>Administers this course.</summary>
    public bool IsContextAdministrator => Has(LtiRoleKind.Context, "Administrator");

    /// <summary>Whether any role holds in this course.</summary>
    public bool SaysSomethingOfCourse => Known.Any(static role => role.Kind == LtiRoleKind.Context);

    /// <summary>Teaches somewhere in the institution.</summary>
    public bool TeachesInInstitution => Has(LtiRoleKind.Institution, "Instructor") || Has(LtiRoleKind.Institution, "Faculty");

    /// <summary>Learns somewhere in the institution.</summary>
    public bool LearnsInInstitution => Has(LtiRoleKind.Institution, "Student") || Has(LtiRoleKind.Institution, "Learner");

    /// <summary>Administers the institution or the platform.</summary>
    public bool IsInstitutionAdministrator =>
        Has(LtiRoleKind.Institution, "Administrator") || Has(LtiRoleKind.System, "Administrator")
        || Has(LtiRoleKind.System, "SysAdmin") || Has(LtiRoleKind.System, "AccountAdmin");

    /// <summary>A platform's made-up person for trying things out.</summary>
    public bool IsTestUser => Has(LtiRoleKind.System, "TestUser");

    /// <summary>Recognises roles given as full URIs, LTI 1.1 URNs or short names of context roles.</summary>
    public static LtiRoles Parse(params IEnumerable<string> roles)
    {
        var known = ImmutableHashSet.CreateBuilder<LtiRole>();
        foreach (var role in roles) Add(known, System.Text.Encoding.UTF8.GetBytes(role));
        return Of(known);
    }

    /// <summary>Whether a principal role is among them.</summary>
    public bool Has(LtiRoleKind kind, string name) => Known.Contains(new LtiRole(kind, name, null));

    /// <summary>The recognised roles' names.</summary>
    public override string ToString() =>
        string.Join(' ', Known.Select(role => $"{role.Kind}.{role.Name}{(role.SubRole is null ? "" : "." + role.SubRole)}").Order(StringComparer.Ordinal));

    internal static LtiRoles Of(ImmutableHashSet<LtiRole>.Builder known) => known.Count == 0 ? None : new LtiRoles(known.ToImmutable());

    internal static void Add(ImmutableHashSet<LtiRole>.Builder known, ReadOnlySpan<byte> utf8)
    {
        if (RoleVocabulary.Find(utf8) is not { } role) return;
        known.Add(role);
        // A sub-role is a refinement of its principal role (LTI Core A.2.3.1), sent along or not.
        if (role.SubRole is not null) known.Add(role with { SubRole = null });
    }
}
