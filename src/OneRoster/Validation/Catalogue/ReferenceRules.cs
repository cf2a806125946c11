using static OneRoster.Validation.RuleSeverity;
using R = OneRoster.Validation.RosterRules;

namespace OneRoster.Validation.Catalogue;

/// <summary>What rows cannot say alone: duplicates, references, and rows that make no sense together.</summary>
internal static class ReferenceRules
{
    private const string Keys = "information model, sourcedId";
    private const string References = "information model, references";
    private const string Sense = "of this reader, for sense";
    private const string DropsRow = "The row is dropped.";
    private const string DropsValue = "The reference is dropped and the row kept.";
    private const string ExportIt = "Export the record that is referred to, or correct the reference.";

    public static IReadOnlyList<RosterRule> All { get; } =
    [
        new(R.CollectionEmpty, Error, "The roster holds no usable organisation, user, class or enrollment.", "Applied, it would end everybody's access.", "Check the export at the source.", Sense),
        new(R.ReferencesUnchecked, Info, "The package holds changes, so that references to records outside it are not checked.", "They are checked when it is applied.", "Nothing.", "CSV binding, delta files"),
        new(R.Duplicate, Error, "An id is there twice in a file.", "One of the two is dropped: an active one stays, and of those the first.", "Give each record an id of its own, for good.", Keys),
        new(R.RefersToDeleted, Warning, "An active row refers to one that is to be deleted.", "It goes with the other.", "Mark it as to be deleted too, or keep the other.", References),
        new(R.OrgParentUnknown, Warning, "An organisation's parent is not there.", DropsValue, ExportIt, References),
        new(R.OrgParentCycle, Error, "Organisations are above each other in a circle.", "No tree can be made of them.", "Correct the parent of one of them.", References),
        new(R.SessionParentUnknown, Warning, "A session's parent is not there.", DropsValue, ExportIt, References),
        new(R.SessionParentCycle, Error, "Sessions are parts of each other in a circle.", "No tree can be made of them.", "Correct the parent of one of them.", References),
        new(R.SessionOutsideParent, Warning, "A session has days outside the session that it is a part of.", "Classes may be held outside their school year.", "Correct the dates of one of the two.", Sense),
        new(R.CourseOrgUnknown, Warning, "A course's organisation is not there.", DropsValue, ExportIt, References),
        new(R.CourseYearUnknown, Warning, "A course's school year is not there.", "It is not read here.", ExportIt, References),
        new(R.ClassCourseUnknown, Error, "A class's course is not there.", DropsRow, ExportIt, References),
        new(R.ClassSchoolUnknown, Error, "A class's school is not there.", DropsRow, ExportIt, References),
        new(R.ClassSchoolNotSchool, Warning, "A class's school is an organisation of another type than school.", "Schools cannot be told from departments, nor chosen.",
            "Give schools the type school, and classes their school.", References),
        new(R.ClassTermUnknown, Warning, "One of a class's terms is not there.", DropsValue, ExportIt, References),
        new(R.ClassWithoutTerm, Error, "None of a class's terms is there.", DropsRow, ExportIt, References),
        new(R.ClassEnded, Warning, "All terms of a class have ended.", "Nobody can work in it any more.", "Leave out classes of past terms.", Sense),
        new(R.ClassWithoutTeacher, Warning, "A class has students and no teacher.", "Nobody sees its results.", "Enroll a teacher.", Sense),
        new(R.ClassWithoutStudent, Info, "A class has no student.", "It stands empty.", "Leave it out, or enroll its students.", Sense),
        new(R.UserOrgUnknown, Warning, "A user's primary organisation is not there.", DropsValue, ExportIt, References),
        new(R.UserAgentUnknown, Warning, "A user's agent (a parent or guardian) is not there.", "Agents are not read here.", "Leave agents out, or export them as users.", References),
        new(R.UserWithoutRole, Warning, "A user has no role.", "Such a person cannot be placed and is left out.", "Give each user a role in roles.csv.", "information model 1.2, roles"),
        new(R.UserPrimaryRoles, Warning, "A user has several primary roles in one organisation.", "Which one counts is anybody's guess; here the one with the least rights.",
            "Mark one role as primary and the others as secondary.", "information model 1.2, roles"),
        new(R.PersonRepeated, Info, "Several users share a userMasterIdentifier: one person with several records.", "They become one learner where the district says so.", "Nothing, if it is meant.", "information model 1.2, userMasterIdentifier"),
        new(R.PersonShared, Warning, "More than four users share what should say who is one person.", "Such a value is nobody's: the records stay apart.",
            "Give each person a value of their own.", Sense),
        new(R.PersonBlank, Info, "Users have nothing in the place that says who is one person, and others do.", "They stay apart from every other record.",
            "Fill in the value where a person has several records.", Sense),
        new(R.PersonRolesDiffer, Warning, "Users who share what says who is one person are students and teachers.", "A student and a teacher never become one.",
            "Correct the role, or give each person a value of their own.", Sense),
        new(R.StudentWithoutClass, Warning, "A student is in no class.", "Such a student has nothing to open and is left out.", "Enroll the student, or leave the record out.", Sense),
        new(R.RoleUserUnknown, Error, "A role's user is not there.", DropsRow, ExportIt, References),
        new(R.RoleOrgUnknown, Error, "A role's organisation is not there.", DropsRow, ExportIt, References),
        new(R.EnrollmentUserUnknown, Error, "An enrollment's user is not there.", DropsRow, ExportIt, References),
        new(R.EnrollmentClassUnknown, Error, "An enrollment's class is not there.", DropsRow, ExportIt, References),
        new(R.EnrollmentSchoolUnknown, Error, "An enrollment's school is not there.", DropsRow, ExportIt, References),
        new(R.EnrollmentSchoolMismatch, Warning, "An enrollment names another school than its class.", "The school of the class counts.", "Name the school of the class.", References),
        new(R.EnrollmentRepeated, Warning, "A person is in a class in one role twice.", "The rows become one, from the first day to the last.", "Enroll each person once, or give the times apart.", Sense),
        new(R.EnrollmentRoleUnfit, Warning, "A teacher, or another person who is no student, is in a class as a student.", "The role with the least rights counts: here such a person is a student, and teaches nowhere.",
            "Correct the enrollment's role, or the person's.", Sense),
        new(R.EnrollmentTeacherUnfit, Error, "A person has a teacher's place in a class and is a student, or has no role as a teacher.", "The row is dropped: nobody is taken for a teacher whom the roster does not call one.",
            "Correct the enrollment's role, or give the person the role teacher.", Sense),
    ];
}
