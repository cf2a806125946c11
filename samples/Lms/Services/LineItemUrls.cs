namespace Samples.Lms.Services;

internal static class LineItemUrls
{
    public static string Collection(OwnAddress own, LmsOptions options, LmsCourse course) =>
        $"{own.Base}/ags/{course.Id}/lineitems{options.LineItemQuery}";

    public static string Of(OwnAddress own, LmsOptions options, LmsCourse course, string id) =>
        $"{own.Base}/ags/{course.Id}/lineitems/{id}{options.LineItemQuery}";
}
