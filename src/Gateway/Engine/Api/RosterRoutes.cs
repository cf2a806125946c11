namespace Gateway.Engine.Api;

/// <summary>The addresses of the roster API, and what its description says of them.</summary>
internal static class RosterRoutes
{
    public static void Map(RouteGroupBuilder districts)
    {
        districts.WithTags("Roster");
        districts.MapGet("", ListDistricts.HandleAsync).WithName("listDistricts")
            .WithSummary("The districts that have enabled this engine")
            .Produces<Page<DistrictResource>>().ProducesRefusals();
        List<SchoolResource>(districts, "schools", ListSchools.HandleAsync, ListSchools.Fields, "The district's schools, where it gives the field school");
        List<TermResource>(districts, "terms", ListTerms.HandleAsync, ListTerms.Fields, "The district's terms, where it gives the field termDates");
        List<ClassResource>(districts, "classes", ListClasses.HandleAsync, ClassRow.Fields, "The classes on the roster");
        One<ClassResource>(districts, "classes/{id}", GetClass.HandleAsync, ClassRow.Fields, "One class, also when it has left the roster");
        List<MembershipResource>(districts, "classes/{id}/learners", ListClassMembers.LearnersAsync, MembershipRow.Fields, "A class's learners");
        List<MembershipResource>(districts, "classes/{id}/teachers", ListClassMembers.TeachersAsync, MembershipRow.Fields, "A class's teachers, where the district gives the field role");
        List<LearnerResource>(districts, "learners", ListLearners.HandleAsync, LearnerRow.Fields, "Everybody whom the roster or a launch has brought");
        One<LearnerResource>(districts, "learners/{id}", GetLearner.HandleAsync, LearnerRow.Fields, "One learner, also when the learner has left the roster");
        List<MembershipResource>(districts, "learners/{id}/classes", ListLearnerClasses.HandleAsync, MembershipRow.Fields, "The classes that a learner is in");
        List<MembershipResource>(districts, "enrollments", ListEnrollments.HandleAsync, MembershipRow.Fields, "Who is in which class, for the whole district");
    }

    private static void List<T>(RouteGroupBuilder districts, string path, Delegate handler, string[] fields, string summary) =>
        Get(districts, path, handler, fields, summary).Produces<Page<T>>().WithMetadata(new Paged());

    private static void One<T>(RouteGroupBuilder districts, string path, Delegate handler, string[] fields, string summary) =>
        Get(districts, path, handler, fields, summary).Produces<T>();

    private static RouteHandlerBuilder Get(RouteGroupBuilder districts, string path, Delegate handler, string[] fields, string summary) =>
        districts.MapGet($"{{district}}/{path}", handler).WithName(NameOf(path)).WithSummary(summary)
            .WithMetadata(new SelectableFields(fields)).ProducesRefusals().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status400BadRequest).Produces(StatusCodes.Status304NotModified);

    /// <summary>What every endpoint behind an access token may answer.</summary>
    public static RouteHandlerBuilder ProducesRefusals(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);

    // "classes/{id}/learners" is listClassesLearners, "classes/{id}" is getClasses.
    private static string NameOf(string path) =>
        (path.EndsWith('}') ? "get" : "list")
        + string.Concat(path.Split('/').Where(part => part[0] != '{').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}

/// <summary>Endpoint metadata: it answers page by page.</summary>
internal sealed record Paged;

/// <summary>Endpoint metadata: the fields that its rows can have.</summary>
internal sealed record SelectableFields(IReadOnlyList<string> Names);
