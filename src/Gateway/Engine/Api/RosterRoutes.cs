using Gateway.Hosting;

namespace Gateway.Engine.Api;

/// <summary>The addresses of the roster API, and what its description says of them.</summary>
internal static class RosterRoutes
{
    private const string Id = "dGhpcyBpcyBtYWRlIHVwIQ";
    private const string Class = $$"""{"id":"{{Id}}","title":"Algebra 1","subjects":["Algebra"],"grades":["09"],"school":"YW5vdGhlciBtYWRlIHVwIQ","terms":["YSB0aGlyZCBtYWRlIHVwIQ"]}""";
    private const string Learner = $$"""{"id":"{{Id}}","role":"student","grades":["09"]}""";
    private const string Next = "\"next\":\"https://gateway.example/api/v1/districts/maple-county/classes?after=dGhpcyBpcyBtYWRlIHVwIQ\"";

    public static void Map(RouteGroupBuilder districts)
    {
        districts.WithTags("Roster");
        districts.MapGet("", ListDistricts.HandleAsync).WithName("listDistricts")
            .WithSummary("The districts that have enabled this engine")
            .Produces<Page<DistrictResource>>().Produces(StatusCodes.Status304NotModified)
            .Shows(200, """{"data":[{"id":"maple-county","name":"Maple County Schools","timeZone":"America/Chicago","gives":["role","classTitle"]}]}""");
        List<SchoolResource>(districts, "schools", ListSchools.HandleAsync, ListSchools.Fields, "The district's schools", $$"""{"id":"{{Id}}","name":"North High"}""")
            .Refuses(403, ApiFailures.NotGiven);
        List<TermResource>(districts, "terms", ListTerms.HandleAsync, ListTerms.Fields, "The district's terms", $$"""{"id":"{{Id}}","kind":"semester","firstDay":"2026-08-12","lastDay":"2026-12-18"}""")
            .Refuses(403, ApiFailures.NotGiven);
        List<ClassResource>(districts, "classes", ListClasses.HandleAsync, ClassRow.Fields, "The classes on the roster", Class);
        One<ClassResource>(districts, "classes/{id}", GetClass.HandleAsync, ClassRow.Fields, "One class, also when it has left the roster", Class)
            .Refuses(404, ApiFailures.ClassUnknown);
        List<MembershipResource>(districts, "classes/{id}/learners", ListClassMembers.LearnersAsync, MembershipRow.Fields, "A class's learners", $$"""{"learner":"{{Id}}","role":"student"}""")
            .Refuses(404, ApiFailures.ClassUnknown);
        List<MembershipResource>(districts, "classes/{id}/teachers", ListClassMembers.TeachersAsync, MembershipRow.Fields, "A class's teachers", $$"""{"learner":"{{Id}}","role":"teacher"}""")
            .Refuses(403, ApiFailures.NotGiven).Refuses(404, ApiFailures.ClassUnknown);
        List<LearnerResource>(districts, "learners", ListLearners.HandleAsync, LearnerRow.Fields, "Everybody whom the roster or a launch has brought", Learner);
        One<LearnerResource>(districts, "learners/{id}", GetLearner.HandleAsync, LearnerRow.Fields, "One learner, also when the learner has left the roster", Learner)
            .Refuses(404, ApiFailures.LearnerUnknown);
        List<MembershipResource>(districts, "learners/{id}/classes", ListLearnerClasses.HandleAsync, MembershipRow.Fields, "The classes that a learner is in", $$"""{"class":"{{Id}}","role":"student","firstDay":"2026-08-12"}""")
            .Refuses(404, ApiFailures.LearnerUnknown);
        List<MembershipResource>(districts, "enrollments", ListEnrollments.HandleAsync, MembershipRow.Fields, "Who is in which class, for the whole district", $$"""{"class":"{{Id}}","learner":"YW5vdGhlciBtYWRlIHVwIQ","role":"student"}""");
    }

    private static RouteHandlerBuilder List<T>(RouteGroupBuilder districts, string path, Delegate handler, string[] fields, string summary, string example) =>
        Get(districts, path, handler, fields, summary).Produces<Page<T>>()
            .Shows(200, $$"""{"data":[{{example}}],{{Next}}}""")
            .WithMetadata(
                new DescribedParameter("limit", "Rows at most; 100 unless said.", 100) { Range = (1, PageRequest.LargestLimit) },
                new DescribedParameter("after", "Where the page begins. Taken from next, never made.", Id))
            .Refuses(400, ApiFailures.LimitInvalid, ApiFailures.CursorInvalid);

    private static RouteHandlerBuilder One<T>(RouteGroupBuilder districts, string path, Delegate handler, string[] fields, string summary, string example) =>
        Get(districts, path, handler, fields, summary).Produces<T>().Shows(200, example);

    private static RouteHandlerBuilder Get(RouteGroupBuilder districts, string path, Delegate handler, string[] fields, string summary) =>
        districts.MapGet($"{{district}}/{path}", handler).WithName(NameOf(path)).WithSummary(summary)
            .WithMetadata(new DescribedParameter("fields", "Only these fields, separated by commas.", string.Join(',', fields.Take(2))) { Names = fields })
            .Produces(StatusCodes.Status304NotModified)
            .Refuses(400, ApiFailures.FieldUnknown(fields))
            .Refuses(404, ApiFailures.DistrictUnknown)
            .Refuses(503, ApiFailures.MappingChanging);

    // "classes/{id}/learners" is listClassesLearners, "classes/{id}" is getClasses.
    private static string NameOf(string path) =>
        (path.EndsWith('}') ? "get" : "list")
        + string.Concat(path.Split('/').Where(part => part[0] != '{').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
