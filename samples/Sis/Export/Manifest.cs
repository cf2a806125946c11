namespace Samples.Sis.Export;

internal static class Manifest
{
    private static readonly string[] Absent11 =
        ["categories", "classResources", "courseResources", "lineItems", "resources", "results"];

    private static readonly string[] Absent12 =
    [
        "categories", "classResources", "courseResources", "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales",
        "resources", "resultLearningObjectiveIds", "results", "resultScoreScales", "scoreScales", "userResources",
    ];

    public static CsvFile Of(string version, IEnumerable<CsvFile> files) => new(
        "manifest.csv",
        "propertyName,value",
        _ => Rows(version, files.Select(f => f.Name[..^4])));

    private static IEnumerable<string?[]> Rows(string version, IEnumerable<string> bulk)
    {
        yield return ["manifest.version", "1.0"];
        yield return ["oneroster.version", version];
        IEnumerable<(string Name, string Mode)> all = bulk.Select(name => (name, "bulk"))
            .Concat((version == "1.1" ? Absent11 : Absent12).Select(name => (name, "absent")));
        foreach (var (name, mode) in all.OrderBy(f => f.Name, StringComparer.Ordinal))
            yield return ["file." + name, mode];
        yield return ["source.systemName", "Sample SIS of a made-up district"];
        yield return ["source.systemCode", "SAMPLE-SIS"];
    }
}
