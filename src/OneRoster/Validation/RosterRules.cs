namespace OneRoster.Validation;

/// <summary>The ids of the rules that findings name. They are stable: reports, documentation and scripts use them.</summary>
public static class RosterRules
{
    /// <summary>A value without which the row has no meaning is missing or empty.</summary>
    public const string RequiredValueMissing = "row.required_value_missing";

    /// <summary>An id is longer than <see cref="Model.SourcedId.MaxLength"/>.</summary>
    public const string IdTooLong = "row.id_too_long";

    /// <summary>What stands where a person's id belongs is nobody's id (<see cref="Model.PlaceholderId"/>).</summary>
    public const string IdPlaceholder = "row.id_placeholder";

    /// <summary>A value is not in the vocabulary of its field.</summary>
    public const string NotInVocabulary = "row.not_in_vocabulary";

    /// <summary>A date is not <c>YYYY-MM-DD</c>.</summary>
    public const string DateInvalid = "row.date_invalid";

    /// <summary>An end date is before its start.</summary>
    public const string EndBeforeStart = "row.end_before_start";

    /// <summary>A boolean is neither <c>true</c> nor <c>false</c>.</summary>
    public const string BooleanInvalid = "row.boolean_invalid";

    /// <summary>A school year is not a year of four digits.</summary>
    public const string SchoolYearInvalid = "row.school_year_invalid";

    /// <summary>A text is longer than 1,000 bytes.</summary>
    public const string TextTooLong = "row.text_too_long";

    /// <summary>A text holds characters that control more than themselves.</summary>
    public const string TextCharacters = "row.text_characters";

    /// <summary>A list of texts has more than 50 values.</summary>
    public const string ListTooLong = "row.list_too_long";

    /// <summary>A JSON field is of another kind than the specification says (an object for a text, …).</summary>
    public const string WrongKind = "row.wrong_kind";

    /// <summary>A record has more fields than the header has columns.</summary>
    public const string TooManyFields = "csv.too_many_fields";

    /// <summary>A record has fewer fields than the header has columns.</summary>
    public const string TooFewFields = "csv.too_few_fields";

    /// <summary>A column is spelled in another case than the specification spells it.</summary>
    public const string ColumnCase = "csv.column_case";

    /// <summary>A column goes by a name that is known from the field but not from the specification.</summary>
    public const string ColumnAlias = "csv.column_alias";

    /// <summary>A file name is spelled in another case than the specification spells it.</summary>
    public const string FileCase = "csv.file_case";

    /// <summary>The archive's files are in one folder instead of at its root.</summary>
    public const string WrappingFolder = "csv.wrapping_folder";

    /// <summary>The manifest repeats its header row.</summary>
    public const string ManifestHeaderRepeated = "csv.manifest_header_repeated";

    /// <summary>The manifest does not mention a file that is there; it is read as bulk.</summary>
    public const string ManifestFileMissing = "csv.manifest_file_unmentioned";

    /// <summary>A row of a delta file has no status; it counts as active.</summary>
    public const string ChangeWithoutStatus = "csv.change_without_status";

    /// <summary>A row of a delta file has no <c>dateLastModified</c>.</summary>
    public const string ChangeWithoutDate = "csv.change_without_date";

    /// <summary>The server refused to select or sort fields; whole records are received and read through the allow-list.</summary>
    public const string SelectionRefused = "rest.selection_refused";

    /// <summary>A record was received again on a later page and dropped.</summary>
    public const string RepeatedRow = "rest.repeated_row";

    /// <summary>The server has no such collection, or sends no list under its name, where it has others: it was read as empty.</summary>
    public const string CollectionAbsent = "rest.collection_absent";

    /// <summary>A 1.2 server sends users as 1.1 has them: <c>role</c> and <c>orgs</c> in place of <c>roles</c>.</summary>
    public const string OlderUsers = "rest.older_users";

    /// <summary>More rows were received than <c>X-Total-Count</c> said.</summary>
    public const string MoreThanCounted = "rest.more_rows_than_counted";

    /// <summary>The server failed at the page size that was asked; smaller pages are read.</summary>
    public const string PageSizeReduced = "rest.page_size_reduced";

    /// <summary>A <c>Link</c> header points to another origin; it is not followed.</summary>
    public const string ForeignLink = "rest.foreign_link";

    /// <summary><c>X-Total-Count</c> changed between pages: the roster changed while it was read, and the collection is read again.</summary>
    public const string CountChanged = "rest.count_changed";

    /// <summary>
    /// The rows moved while they were read (the last row of a page is not where it was, or fewer or more came than were counted): the
    /// collection is read again.
    /// </summary>
    public const string RowsMoved = "rest.rows_moved";

    /// <summary>The manifest has no header row.</summary>
    public const string ManifestHeaderMissing = "csv.manifest_header_missing";

    /// <summary>The manifest does not state <c>manifest.version</c>.</summary>
    public const string ManifestVersionMissing = "csv.manifest_version_missing";

    /// <summary>A file is there though the manifest calls it absent; it is not read.</summary>
    public const string FileDeclaredAbsent = "csv.file_declared_absent";

    /// <summary>The manifest promises a file that is not there and that no roster needs.</summary>
    public const string OptionalFileMissing = "csv.optional_file_missing";

    /// <summary>A file of the specification that no roster needs; it is never opened.</summary>
    public const string FileUnneeded = "csv.file_unneeded";

    /// <summary>A file that the specification does not know; it is never opened.</summary>
    public const string FileUnknown = "csv.file_unknown";

    /// <summary>A file has a header and no row.</summary>
    public const string FileWithoutRows = "csv.file_without_rows";

    /// <summary>A column of the specification is not there, and rows can be read without it.</summary>
    public const string ColumnAbsent = "csv.column_absent";

    /// <summary>A column that the specification does not know and that is no <c>metadata.</c> column; it is skipped.</summary>
    public const string ColumnUnknown = "csv.column_unknown";

    /// <summary>The columns are in another order than the specification's.</summary>
    public const string ColumnOrder = "csv.column_order";

    /// <summary>A value that the specification requires and that is not read is empty.</summary>
    public const string UnreadValueMissing = "row.unread_value_missing";

    /// <summary>An id holds spaces, commas, quotes, control characters or letters outside ASCII.</summary>
    public const string IdCharacters = "row.id_characters";

    /// <summary>A list has an empty place or is separated by something else than commas.</summary>
    public const string ListMalformed = "row.list_malformed";

    /// <summary>A grade is none of the codes of CEDS.</summary>
    public const string GradeUnknown = "row.grade_unknown";

    /// <summary>A time is not ISO 8601 in UTC.</summary>
    public const string TimeInvalid = "row.time_invalid";

    /// <summary>A date carries a time of day.</summary>
    public const string DateWithTime = "row.date_with_time";

    /// <summary>A span ends on the day on which it begins, so that it has no day.</summary>
    public const string SpanWithoutDays = "row.span_without_days";

    /// <summary>A word that belongs to the other version of the specification.</summary>
    public const string WordOfOtherVersion = "row.word_of_other_version";

    /// <summary>A password is in the file.</summary>
    public const string PasswordSent = "row.password_sent";

    /// <summary>An id is there twice.</summary>
    public const string Duplicate = "roster.duplicate";

    /// <summary>A collection without which there is no roster has no active row.</summary>
    public const string CollectionEmpty = "roster.collection_empty";

    /// <summary>References to records outside a package of changes cannot be judged.</summary>
    public const string ReferencesUnchecked = "roster.references_unchecked";

    /// <summary>An active row refers to one that is to be deleted.</summary>
    public const string RefersToDeleted = "roster.refers_to_deleted";

    /// <summary>An organisation's parent is not there.</summary>
    public const string OrgParentUnknown = "roster.org_parent_unknown";

    /// <summary>Organisations are above each other in a circle.</summary>
    public const string OrgParentCycle = "roster.org_parent_cycle";

    /// <summary>A session's parent is not there.</summary>
    public const string SessionParentUnknown = "roster.session_parent_unknown";

    /// <summary>Sessions are parts of each other in a circle.</summary>
    public const string SessionParentCycle = "roster.session_parent_cycle";

    /// <summary>A session has days outside the session that it is a part of.</summary>
    public const string SessionOutsideParent = "roster.session_outside_parent";

    /// <summary>A course's organisation is not there.</summary>
    public const string CourseOrgUnknown = "roster.course_org_unknown";

    /// <summary>A course's school year is not there.</summary>
    public const string CourseYearUnknown = "roster.course_year_unknown";

    /// <summary>A class's course is not there.</summary>
    public const string ClassCourseUnknown = "roster.class_course_unknown";

    /// <summary>A class's school is not there.</summary>
    public const string ClassSchoolUnknown = "roster.class_school_unknown";

    /// <summary>A class's school is an organisation of another type.</summary>
    public const string ClassSchoolNotSchool = "roster.class_school_not_school";

    /// <summary>One of a class's terms is not there.</summary>
    public const string ClassTermUnknown = "roster.class_term_unknown";

    /// <summary>None of a class's terms is there.</summary>
    public const string ClassWithoutTerm = "roster.class_without_term";

    /// <summary>All terms of a class have ended.</summary>
    public const string ClassEnded = "roster.class_ended";

    /// <summary>A class has students and no teacher.</summary>
    public const string ClassWithoutTeacher = "roster.class_without_teacher";

    /// <summary>A class has no student.</summary>
    public const string ClassWithoutStudent = "roster.class_without_student";

    /// <summary>A user's organisation is not there.</summary>
    public const string UserOrgUnknown = "roster.user_org_unknown";

    /// <summary>A user's agent (a parent or guardian) is not there.</summary>
    public const string UserAgentUnknown = "roster.user_agent_unknown";

    /// <summary>A user has no role.</summary>
    public const string UserWithoutRole = "roster.user_without_role";

    /// <summary>A user has several primary roles in one organisation.</summary>
    public const string UserPrimaryRoles = "roster.user_primary_roles";

    /// <summary>Several users share a <c>userMasterIdentifier</c>: one person with several records.</summary>
    public const string PersonRepeated = "roster.person_repeated";

    /// <summary>More than four users share a value that should say who is one person.</summary>
    public const string PersonShared = "roster.person_shared";

    /// <summary>A user has nothing that could say which other records are the same person's.</summary>
    public const string PersonBlank = "roster.person_blank";

    /// <summary>Users share a value that says that they are one person, and some are students and some teachers.</summary>
    public const string PersonRolesDiffer = "roster.person_roles_differ";

    /// <summary>A student is in no class.</summary>
    public const string StudentWithoutClass = "roster.student_without_class";

    /// <summary>A role's user is not there.</summary>
    public const string RoleUserUnknown = "roster.role_user_unknown";

    /// <summary>A role's organisation is not there.</summary>
    public const string RoleOrgUnknown = "roster.role_org_unknown";

    /// <summary>An enrollment's user is not there.</summary>
    public const string EnrollmentUserUnknown = "roster.enrollment_user_unknown";

    /// <summary>An enrollment's class is not there.</summary>
    public const string EnrollmentClassUnknown = "roster.enrollment_class_unknown";

    /// <summary>An enrollment's school is not there.</summary>
    public const string EnrollmentSchoolUnknown = "roster.enrollment_school_unknown";

    /// <summary>An enrollment names another school than its class.</summary>
    public const string EnrollmentSchoolMismatch = "roster.enrollment_school_mismatch";

    /// <summary>A person is in a class in a role twice.</summary>
    public const string EnrollmentRepeated = "roster.enrollment_repeated";

    /// <summary>A teacher is in a class as a student.</summary>
    public const string EnrollmentRoleUnfit = "roster.enrollment_role_unfit";

    /// <summary>A teacher's place in a class of a person who is no teacher.</summary>
    public const string EnrollmentTeacherUnfit = "roster.enrollment_teacher_unfit";
}
